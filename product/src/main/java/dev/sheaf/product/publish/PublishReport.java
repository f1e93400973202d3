package dev.sheaf.product.publish;

import dev.sheaf.product.quality.RuleResult;
import dev.sheaf.product.sample.ColumnProposal;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a publish did. Holds no value of any row.
///
/// @param outcome a [dev.sheaf.product.Run.State]'s name, or `DRY_RUN`
/// @param reason why, if it is not COMMITTED; one sentence each
/// @param release empty unless COMMITTED
/// @param rowsIn records of all inputs that were not skipped: `rowsPublished + rowsQuarantined`
/// @param rowsPublished rows that are, or would have been, added
/// @param rowsTotal rows the release has, or would have had
/// @param violations how often each rule was broken, by `rule` or `rule(column)`
/// @param proposals what personal data the columns look like, whether anybody has decided or not
/// @param skipped inputs that the current release holds already
/// @param millis per phase
public record PublishReport(
        String run,
        String product,
        String outcome,
        List<String> reason,
        Optional<Long> release,
        String contractVersion,
        long rowsIn,
        long rowsPublished,
        long rowsQuarantined,
        long rowsTotal,
        Optional<Double> score,
        double minScore,
        List<RuleResult> rules,
        Map<String, Long> violations,
        List<ColumnProposal> proposals,
        List<FileReport> files,
        List<String> skipped,
        Optional<String> quarantine,
        Map<Phase, Long> millis) {
    private static final JsonMapper JSON = new JsonMapper();

    public PublishReport {
        reason = List.copyOf(reason);
        rules = List.copyOf(rules);
        violations = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(violations));
        proposals = List.copyOf(proposals);
        files = List.copyOf(files);
        skipped = List.copyOf(skipped);
        millis = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(millis));
    }

    /// One input file.
    public record FileReport(
            String name, String digest, long bytes, long rowsIn, long rowsQuarantined) {}

    public String json() {
        return JSON.writeValueAsString(this);
    }

    /// The sentence for people in a report's JSON.
    public static String reasonOf(String json) {
        JsonNode reason = JSON.readTree(json).path("reason");
        StringBuilder text = new StringBuilder();
        reason.forEach(part -> text.append(text.isEmpty() ? "" : "; ").append(part.asString("")));
        return text.isEmpty() ? "no reason was recorded" : text.toString();
    }

    /// The report of a run that did not get as far as making one.
    static String failure(String outcome, String reason) {
        return JSON.writeValueAsString(Map.of("outcome", outcome, "reason", List.of(reason)));
    }
}
