package dev.sheaf.product.apply;

import dev.sheaf.contract.Source;
import dev.sheaf.contract.document.Node;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.product.Domain;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads Sheaf's own manifest of a domain (spec/domain.schema.json).
final class DomainReader {
    static final String API_VERSION = "sheaf.dev/v1";
    private static final List<String> KEYS =
            List.of(
                    "apiVersion",
                    "kind",
                    "name",
                    "homeRegion",
                    "owner",
                    "description",
                    BudgetReader.KEY);

    private final Source source;
    private final Findings findings;

    DomainReader(Source source, Findings findings) {
        this.source = source;
        this.findings = findings;
    }

    /// Empty when there was something to report.
    Optional<Domain> read(Node.Mapping root) {
        Strict domain = new Strict(source, root, "a domain", findings);
        domain.allowOnly(KEYS);
        requireVersion(domain);
        BudgetReader.read(source, root, findings);
        Optional<DomainName> name = parsed(domain, "name", DomainName::new);
        Optional<RegionName> region = parsed(domain, "homeRegion", RegionName::parse);
        Optional<String> owner = domain.requiredText("owner");
        Optional<String> description = domain.text("description");
        if (name.isEmpty() || region.isEmpty() || owner.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Domain(name.get(), region.get(), owner.get(), description, source));
    }

    private void requireVersion(Strict domain) {
        Optional<String> version = domain.requiredText("apiVersion");
        if (version.isPresent() && !version.get().equals(API_VERSION)) {
            findings.error(
                    source,
                    domain.mapping().get("apiVersion").map(Node::at).orElse(domain.mapping().at()),
                    "this Sheaf reads domains of apiVersion " + API_VERSION + " only");
        }
    }

    private <T> Optional<T> parsed(Strict domain, String key, Function<String, T> parser) {
        Optional<String> text = domain.requiredText(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text.get()));
        } catch (Problem problem) {
            findings.error(
                    source,
                    domain.mapping().get(key).map(Node::at).orElse(domain.mapping().at()),
                    problem.message());
            return Optional.empty();
        }
    }
}
