package dev.sheaf.cli.shell;

import java.util.Locale;
import java.util.Optional;

/// What the shell understands besides SQL; each begins with a dot and takes one line.
enum MetaCommand {
    HELP("", "show this"),
    PRODUCTS("", "list the products you may read"),
    DESCRIBE("PRODUCT", "columns, contract, release and health of a product"),
    SAMPLE("PRODUCT", "some rows of a product"),
    CSV("FILE [SQL]", "write the statement's result, or the last one's, to a file"),
    JSON("FILE [SQL]", "the same as JSON"),
    PARQUET("FILE [SQL]", "the same as Parquet"),
    MODE("table|csv|json|ndjson", "how results are shown"),
    TIMING("on|off", "show how long statements take"),
    QUIT("", "leave (also Ctrl-D)");

    private final String arguments;
    private final String purpose;

    MetaCommand(String arguments, String purpose) {
        this.arguments = arguments;
        this.purpose = purpose;
    }

    String word() {
        return "." + name().toLowerCase(Locale.ROOT);
    }

    String arguments() {
        return arguments;
    }

    String purpose() {
        return purpose;
    }

    boolean takesProduct() {
        return arguments.equals("PRODUCT");
    }

    static Optional<MetaCommand> named(String word) {
        for (MetaCommand command : values()) {
            if (command.word().equalsIgnoreCase(word)) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }
}
