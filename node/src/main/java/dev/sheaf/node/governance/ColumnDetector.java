package dev.sheaf.node.governance;

import dev.sheaf.governance.classify.ColumnClassifier;
import dev.sheaf.product.sample.ColumnProposal;
import dev.sheaf.product.sample.ColumnSample;
import dev.sheaf.product.sample.PersonalDataDetector;

import java.util.List;

/// The detector of `governance`, for samples of `product`. Types of data that are not personal by
/// themselves, as web addresses are not, are not proposed. For any thread.
public final class ColumnDetector implements PersonalDataDetector {
    private static final int PROPOSALS_MAX = 3;

    @Override
    public List<ColumnProposal> look(ColumnSample sample) {
        return ColumnClassifier.classify(sample.member(), sample.values()).stream()
                .filter(proposal -> !proposal.type().classification().isEmpty())
                .limit(PROPOSALS_MAX)
                .map(proposal ->
                        new ColumnProposal(
                                sample.column(),
                                sample.path(),
                                proposal.type().classification(),
                                proposal.type().name(),
                                proposal.confidence(),
                                proposal.evidence(),
                                ""))
                .toList();
    }
}
