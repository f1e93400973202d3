package dev.sheaf.node.governance;

import dev.sheaf.governance.decision.Circumstances;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.governance.decision.DecisionMaker;
import dev.sheaf.governance.decision.Question;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Remembers the last questions that differ in more than their time, on their way to whoever
/// decides. They are metadata: names and classifications, no values. For any thread.
public final class RecentQuestions implements DecisionMaker {
    static final int QUESTIONS_MAX = 1_000;

    private final DecisionMaker decisions;
    private final Map<Question, Question> asked =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Question, Question> eldest) {
                    return size() > QUESTIONS_MAX;
                }
            };

    public RecentQuestions(DecisionMaker decisions) {
        this.decisions = decisions;
    }

    @Override
    public Decision decide(Question question) {
        Question key = timeless(question);
        synchronized (asked) {
            asked.put(key, question);
        }
        return decisions.decide(question);
    }

    /// As they were asked last, the latest first.
    List<Question> questions() {
        synchronized (asked) {
            return new ArrayList<>(asked.values()).reversed();
        }
    }

    /// What two questions have in common that differ in their time only.
    static Question timeless(Question question) {
        Circumstances now = question.circumstances();
        return new Question(
                question.subject(),
                question.action(),
                question.resource(),
                new Circumstances(
                        Instant.EPOCH,
                        now.purpose(),
                        now.destination(),
                        now.engine(),
                        now.grants()));
    }
}
