package dev.sheaf.rego.test;

import dev.sheaf.rego.engine.Tracer;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Module;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes down what an evaluation does, a line an event, indented by rules, with the text of the
/// line in question. Keeps the first lines only.
public final class TraceText implements Tracer {
    private static final int LINES_MAX = 5_000;

    private final Map<String, List<String>> sources = new HashMap<>();
    private final List<String> lines = new ArrayList<>();
    private int depth;

    public TraceText(List<Module> modules) {
        modules.forEach(module -> sources.put(module.file(), module.text().lines().toList()));
    }

    @Override
    public void told(Event event, String subject, Location at) {
        if (event == Event.EXIT) {
            depth = Math.max(0, depth - 1);
        }
        if (lines.size() < LINES_MAX) {
            lines.add(line(event, subject, at));
        } else if (lines.size() == LINES_MAX) {
            lines.add("… the rest is left out");
        }
        if (event == Event.ENTER) {
            depth++;
        }
    }

    private String line(Event event, String subject, Location at) {
        String what =
                switch (event) {
                    case ENTER -> "enter " + subject;
                    case EXIT -> "exit  " + subject;
                    case EVALUATE -> "eval  " + source(at);
                    case FAIL -> "fail  " + source(at);
                    case NOTE -> "note  " + subject;
                };
        return "%-24s %s%s"
                .formatted(at.file() + ":" + at.line(), "| ".repeat(Math.min(depth, 20)), what);
    }

    private String source(Location at) {
        List<String> source = sources.getOrDefault(at.file(), List.of());
        return at.line() <= source.size() ? source.get(at.line() - 1).strip() : "";
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }
}
