package dev.sheaf.cli.policy;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.JsonOption;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.rego.bundle.Bundle;
import dev.sheaf.rego.bundle.ReadOptions;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.RegoVersion;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.Value;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/// `sheaf policy bundle inspect`.
@Command(
        name = "inspect",
        description = "Show what is in a bundle.",
        footer = {
            "",
            "Signatures are not looked at; 'sheaf policy bundle verify' does that.",
            "",
            "Example:",
            "  sheaf policy bundle inspect sales.tar.gz --json"
        })
public final class BundleInspectCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final JsonOption json = new JsonOption();

    @Option(names = "--v0", description = "Policies of which the manifest says nothing are of v0.")
    private boolean old;

    @Parameters(paramLabel = "FILE", description = "The bundle, a .tar.gz.")
    private String place = "";

    public BundleInspectCommand(Cli cli) {
        this.cli = cli;
    }

    /// The shape of `--json`.
    record Answer(
            String revision,
            List<String> roots,
            JsonNode metadata,
            List<Policy> policies,
            List<Data> data) {}

    /// @param dialect `v0` or `v1`
    record Policy(String file, String packagePath, String dialect, int rules) {}

    /// @param path of a document at the top of data
    /// @param size of an array or an object; else 1
    record Data(String path, String type, int size) {}

    @Override
    public Integer call() {
        ReadOptions options =
                ReadOptions.DEFAULT.withVersion(old ? RegoVersion.V0 : RegoVersion.V1);
        Answer answer = answer(BundleReading.read(cli, place, options));
        if (json.json()) {
            JsonAnswer.print(cli.terminal(), answer);
        } else {
            print(answer);
        }
        return ExitCode.OK.status();
    }

    private static Answer answer(Bundle bundle) {
        List<Policy> policies = new ArrayList<>();
        for (Module module : bundle.modules()) {
            policies.add(
                    new Policy(
                            module.file(),
                            String.join(".", module.packagePath()),
                            module.version().name().toLowerCase(Locale.ROOT),
                            module.rules().size()));
        }
        List<Data> data = new ArrayList<>();
        bundle.data()
                .forEach((key, value) ->
                        data.add(new Data(JsonValues.keyText(key), value.typeName(), size(value))));
        return new Answer(
                bundle.manifest().revision(),
                bundle.manifest().roots(),
                JsonValues.toJson(bundle.manifest().metadata()),
                policies,
                data);
    }

    private static int size(Value value) {
        return switch (value) {
            case ObjectValue object -> object.size();
            case ArrayValue array -> array.size();
            case dev.sheaf.rego.value.SetValue set -> set.size();
            case dev.sheaf.rego.value.NullValue scalar -> 1;
            case dev.sheaf.rego.value.BooleanValue scalar -> 1;
            case dev.sheaf.rego.value.NumberValue scalar -> 1;
            case dev.sheaf.rego.value.StringValue scalar -> 1;
        };
    }

    private void print(Answer answer) {
        PrintStream out = cli.terminal().out();
        out.println("revision  " + Glyphs.harmless(answer.revision()));
        out.println(
                "roots     "
                        + (answer.roots().equals(List.of(""))
                                ? "all"
                                : Glyphs.harmless(String.join(", ", answer.roots()))));
        if (!answer.metadata().isEmpty()) {
            out.println("metadata  " + Glyphs.harmless(answer.metadata().toString()));
        }
        if (!answer.policies().isEmpty()) {
            Table policies =
                    Table.of(
                            Table.Column.text("policy"),
                            Table.Column.text("package"),
                            Table.Column.text("dialect"),
                            Table.Column.number("rules"));
            for (Policy policy : answer.policies()) {
                policies.row(
                        Cell.of(policy.file()),
                        Cell.of(policy.packagePath()),
                        Cell.of(policy.dialect()),
                        Cell.of(policy.rules()));
            }
            out.println();
            policies.print(cli.terminal());
        }
        if (!answer.data().isEmpty()) {
            Table data =
                    Table.of(
                            Table.Column.text("data"),
                            Table.Column.text("type"),
                            Table.Column.number("size"));
            answer.data()
                    .forEach(each ->
                            data.row(
                                    Cell.of(each.path()),
                                    Cell.of(each.type()),
                                    Cell.of(each.size())));
            out.println();
            data.print(cli.terminal());
        }
    }
}
