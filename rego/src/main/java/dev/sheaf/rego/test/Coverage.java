package dev.sheaf.rego.test;

import dev.sheaf.rego.engine.Tracer;
import dev.sheaf.rego.syntax.Body;
import dev.sheaf.rego.syntax.Expression;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.Rule;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which lines of policies were evaluated: lines on which an expression or a rule's head begins.
public final class Coverage implements Tracer {
    /// @param covered lines that were evaluated
    /// @param missed lines that could have been
    public record File(TreeSet<Integer> covered, TreeSet<Integer> missed) {
        /// From 0 to 1; 1 when there is nothing to evaluate.
        public double share() {
            int all = covered.size() + missed.size();
            return all == 0 ? 1 : (double) covered.size() / all;
        }
    }

    private final Map<String, File> files = new TreeMap<>();

    /// @param modules those of which coverage is asked: not the tests
    public Coverage(List<Module> modules) {
        for (Module module : modules) {
            File file = new File(new TreeSet<>(), new TreeSet<>());
            module.rules().forEach(rule -> lines(rule, file.missed()));
            files.put(module.file(), file);
        }
    }

    private static void lines(Rule rule, TreeSet<Integer> lines) {
        lines.add(rule.at().line());
        lines(rule.body(), lines);
        rule.otherwise().ifPresent(next -> lines(next, lines));
    }

    private static void lines(Body body, TreeSet<Integer> lines) {
        for (Expression expression : body.expressions()) {
            lines.add(expression.at().line());
            if (expression.kind() instanceof Expression.Kind.Every every) {
                lines(every.body(), lines);
            }
        }
    }

    @Override
    public void told(Event event, String subject, Location at) {
        File file = files.get(at.file());
        boolean counts = event == Event.EVALUATE || event == Event.EXIT;
        if (file != null && counts && file.missed().remove(at.line())) {
            file.covered().add(at.line());
        }
    }

    public Map<String, File> files() {
        return files;
    }

    /// Over all files, from 0 to 1.
    public double share() {
        int covered = 0;
        int all = 0;
        for (File file : files.values()) {
            covered += file.covered().size();
            all += file.covered().size() + file.missed().size();
        }
        return all == 0 ? 1 : (double) covered / all;
    }
}
