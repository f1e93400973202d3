package dev.sheaf.product.apply;

import dev.sheaf.contract.DataContract;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;

import java.util.Optional;
import java.util.stream.Collectors;

/// Which new version of a contract may take the place of the old one.
final class VersionRule {
    private VersionRule() {}

    /// @param contentDiffers whether more than comments and layout do
    static Optional<Refusal> refusal(
            ProductName product,
            DataContract before,
            DataContract after,
            ContractVerdict verdict,
            boolean contentDiffers) {
        Optional<SemanticVersion> old = SemanticVersion.parse(before.version());
        Optional<SemanticVersion> now = SemanticVersion.parse(after.version());
        if (now.isEmpty()) {
            return refuse(
                    ProblemCode.INVALID_CONTRACT,
                    product,
                    "version '"
                            + after.version()
                            + "' is not of the form MAJOR.MINOR.PATCH, so nobody can tell whether"
                            + " it may break consumers");
        }
        if (old.isEmpty()) {
            return Optional.empty();
        }
        int order = now.get().compareTo(old.get());
        if (order < 0) {
            return refuse(
                    ProblemCode.CONFLICT,
                    product,
                    "the contract's version goes back from "
                            + before.version()
                            + " to "
                            + after.version()
                            + ": to return to old promises, publish them as a new version, for"
                            + " example "
                            + old.get().nextMajor());
        }
        if (order == 0 && contentDiffers) {
            return refuse(
                    ProblemCode.CONFLICT,
                    product,
                    "contract version "
                            + after.version()
                            + " is applied already with other content: raise the version to "
                            + (verdict.isBreaking()
                                    ? old.get().nextMajor()
                                    : old.get().nextPatch() + " or higher"));
        }
        boolean sameMajor = now.get().major().equals(old.get().major());
        return verdict.isBreaking() && sameMajor
                ? refuse(
                        ProblemCode.BREAKING_CHANGE,
                        product,
                        breaking(before, after, verdict, old.get()))
                : Optional.empty();
    }

    private static String breaking(
            DataContract before, DataContract after, ContractVerdict verdict, SemanticVersion old) {
        return "version "
                + after.version()
                + " breaks what "
                + before.version()
                + " promised:\n"
                + verdict.changes().stream()
                        .filter(ContractVerdict.Change::breaking)
                        .map(change -> "  - " + change.where() + ": " + change.reason())
                        .collect(Collectors.joining("\n"))
                + "\nkeep the promise, or make it version "
                + old.nextMajor();
    }

    private static Optional<Refusal> refuse(ProblemCode code, ProductName product, String why) {
        return Optional.of(new Refusal(code, product.toString(), why));
    }
}
