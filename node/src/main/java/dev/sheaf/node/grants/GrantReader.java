package dev.sheaf.node.grants;

import dev.sheaf.kernel.Problem;
import dev.sheaf.node.context.DocumentFollower;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

import java.util.Optional;
import java.util.Set;

/// Keeps the index as the documents are. What cannot be read counts as no grant at all.
final class GrantReader implements DocumentFollower.Reader {
    private static final Logger LOG = LoggerFactory.getLogger(GrantReader.class);

    private final GrantIndex index;
    private final DecisionSeal seal;

    GrantReader(GrantIndex index, DecisionSeal seal) {
        this.index = index;
        this.seal = seal;
    }

    @Override
    public void take(String id, Optional<JsonNode> document, Optional<String> origin) {
        try {
            document.ifPresentOrElse(
                    value -> index.put(GrantDocument.read(id, value, seal)),
                    () -> index.remove(id));
        } catch (Problem unreadable) {
            LOG.warn("{} {} is not understood and does not count", GrantDocument.TYPE, id);
            LOG.debug("{}", unreadable.message(), unreadable);
            index.remove(id);
        }
    }

    @Override
    public Set<String> ids() {
        return index.ids();
    }

    @Override
    public Set<String> unsettled() {
        return Set.of();
    }
}
