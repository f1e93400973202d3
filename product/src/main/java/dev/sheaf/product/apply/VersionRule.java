package dev.sheaf.product.apply;

import dev.sheaf.contract.diff.Change;
import dev.sheaf.contract.diff.ContractDiff;
import dev.sheaf.contract.diff.Impact;
import dev.sheaf.contract.diff.SemanticVersion;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;

import java.util.Optional;
import java.util.stream.Collectors;

/// Which new version of a contract may take the place of the old one.
final class VersionRule {
    private VersionRule() {}

    /// @param contentDiffers whether more than comments and layout do
    static Optional<Refusal> refusal(
            ProductName product, ContractDiff diff, boolean contentDiffers) {
        Optional<SemanticVersion> old = SemanticVersion.parse(diff.fromVersion());
        Optional<SemanticVersion> now = SemanticVersion.parse(diff.toVersion());
        if (now.isEmpty()) {
            return refuse(
                    ProblemCode.INVALID_CONTRACT,
                    product,
                    "version '"
                            + diff.toVersion()
                            + "' is not of the form MAJOR.MINOR.PATCH, so nobody can tell whether"
                            + " it may break consumers");
        }
        if (old.isPresent() && now.get().compareTo(old.get()) < 0) {
            return refuse(
                    ProblemCode.CONFLICT,
                    product,
                    "the contract's version goes back from "
                            + diff.fromVersion()
                            + " to "
                            + diff.toVersion()
                            + ": to return to old promises, apply them as a new version, "
                            + next(old.get(), diff));
        }
        if (diff.breaking() && !diff.versionSuffices()) {
            return refuse(ProblemCode.BREAKING_CHANGE, product, breaking(diff));
        }
        boolean sameVersion =
                old.isPresent()
                        ? old.get().equals(now.get())
                        : diff.fromVersion().equals(diff.toVersion());
        return sameVersion && contentDiffers
                ? refuse(ProblemCode.CONFLICT, product, sameVersion(now.get(), diff))
                : Optional.empty();
    }

    private static String breaking(ContractDiff diff) {
        return "version "
                + diff.toVersion()
                + " breaks what "
                + diff.fromVersion()
                + " promised:\n"
                + diff.changes().stream()
                        .filter(change -> change.impact() == Impact.BREAKING)
                        .map(VersionRule::shown)
                        .collect(Collectors.joining("\n"))
                + "\nkeep the promise, or make it version "
                + diff.versionMin().map(SemanticVersion::toString).orElse("of another major");
    }

    private static String shown(Change change) {
        return "  - " + (change.path().isEmpty() ? "" : change.path() + ": ") + change.reason();
    }

    private static String sameVersion(SemanticVersion version, ContractDiff diff) {
        return "contract version "
                + diff.toVersion()
                + " is applied already with other content: raise the version to "
                + next(version, diff)
                + " or higher";
    }

    private static SemanticVersion next(SemanticVersion version, ContractDiff diff) {
        SemanticVersion.Bump least =
                diff.bump() == SemanticVersion.Bump.NONE ? SemanticVersion.Bump.PATCH : diff.bump();
        return version.next(least);
    }

    private static Optional<Refusal> refuse(ProblemCode code, ProductName product, String why) {
        return Optional.of(new Refusal(code, product.toString(), why));
    }
}
