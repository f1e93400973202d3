package dev.sheaf.node.replicas;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.lake.TableCopies.TableCopy;

import java.util.List;
import java.util.Optional;

/// Files of products between two regions. A node answers its peers with it, and asks them. For any
/// thread.
///
/// Every method throws a [dev.sheaf.kernel.Problem]: UNAVAILABLE when the other region cannot be
/// reached, FORBIDDEN when its owner or its policies do not let the files go, NOT_FOUND when the
/// release is not there any more, STORAGE_FAILED when its store fails.
public interface PeerFiles {
    /// The most that one range has.
    int RANGE_BYTES_MAX = 4 << 20;

    /// What the asking region may hold or read, and at the same time what it holds: whatever is not
    /// named in it is gone there.
    ///
    /// @param peer the other region: who asks, or who is asked
    OfferList offers(RegionName peer, Holdings holdings);

    /// The files of a release, for a region that is to copy them.
    TableCopy describe(RegionName peer, CopyRequest request);

    /// A range of one of those files.
    Range read(RegionName peer, CopyRequest request, String file, long offset, int length);

    /// The same, whose questions belong to a trace.
    ///
    /// @param trace the header `traceparent`; may be empty
    default PeerFiles traced(String trace) {
        return this;
    }

    /// @param store region that the asking region's default store lies in, where copies would go
    /// @param roots of stores that the asking region can read
    /// @param held all that lies there, be it whole or not
    record Holdings(String store, List<String> roots, List<HeldCopy> held) {
        public Holdings {
            roots = List.copyOf(roots);
            held = List.copyOf(held);
        }
    }

    /// @param snapshotId of the product's table at home
    record HeldCopy(String product, long snapshotId) {}

    /// @param refused products that are placed in the asking region, but may not go there
    record OfferList(List<Offer> offers, List<Refusal> refused) {
        public OfferList {
            offers = List.copyOf(offers);
            refused = List.copyOf(refused);
        }

        Optional<Offer> of(String product) {
            return offers.stream().filter(offer -> offer.product().equals(product)).findFirst();
        }

        boolean stands(String product, long snapshotId) {
            return of(product)
                    .filter(Offer::isReplica)
                    .filter(offer -> offer.standing().contains(snapshotId))
                    .isPresent();
        }
    }

    /// A product whose files may go to the asking region.
    ///
    /// @param release that readers see now
    /// @param snapshotId of it
    /// @param isReplica whether the owner places a copy there
    /// @param metadata where the table's metadata lies, if the asking region can read it
    /// @param standing snapshots that may be held: that one, and those it was built on
    /// @param traceparent the trace of the request that made or placed the release, for a while
    ///   after it
    record Offer(
            String product,
            long release,
            long snapshotId,
            boolean isReplica,
            Optional<String> metadata,
            List<Long> standing,
            Optional<String> traceparent) {
        public Offer {
            standing = List.copyOf(standing);
        }

        Offer(
                String product,
                long release,
                long snapshotId,
                boolean isReplica,
                Optional<String> metadata,
                List<Long> standing) {
            this(product, release, snapshotId, isReplica, metadata, standing, Optional.empty());
        }
    }

    /// @param reasons for people
    record Refusal(String product, List<String> reasons) {
        public Refusal {
            reasons = List.copyOf(reasons);
        }
    }

    /// @param store as in [Holdings]
    record CopyRequest(ProductName product, long snapshotId, RegionName store) {}

    /// @param sha256 of the bytes as the home has read them, hexadecimal
    record Range(byte[] bytes, String sha256) {}
}
