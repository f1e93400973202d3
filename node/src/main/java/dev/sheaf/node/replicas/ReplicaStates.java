package dev.sheaf.node.replicas;

import dev.sheaf.client.ReplicaInfo;
import dev.sheaf.node.replicas.CopyRecord.State;
import dev.sheaf.node.replicas.PeerFiles.Offer;
import dev.sheaf.node.replicas.PeerFiles.OfferList;
import dev.sheaf.node.replicas.PeerFiles.Refusal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/// What is told of the copies of one home.
final class ReplicaStates {
    private final HomeCopies home;
    private final ReplicaRoom room;
    private final OfferList known;

    ReplicaStates(HomeCopies home, ReplicaRoom room) {
        this.home = home;
        this.room = room;
        this.known = home.known();
    }

    List<ReplicaInfo> list() {
        TreeSet<String> products = new TreeSet<>();
        home.copies().forEach(copy -> products.add(copy.product()));
        known.refused().forEach(refusal -> products.add(refusal.product()));
        known.offers().stream()
                .filter(offer -> offer.isReplica() || home.readDirectly().contains(offer.product()))
                .forEach(offer -> products.add(offer.product()));
        List<ReplicaInfo> list = new ArrayList<>();
        products.forEach(product -> list.add(info(product)));
        return list;
    }

    private ReplicaInfo info(String product) {
        List<CopyRecord> copies =
                home.copies().stream()
                        .filter(copy -> copy.product().equals(product))
                        .sorted(Comparator.comparingLong(CopyRecord::release).reversed())
                        .toList();
        Optional<CopyRecord> held =
                copies.stream().filter(copy -> copy.state() == State.HELD).findFirst();
        Optional<CopyRecord> shown = held.or(() -> copies.stream().findFirst());
        Optional<Offer> offer = known.of(product).filter(each -> each.release() > 0);
        Optional<HomeCopies.Failure> failure =
                offer.flatMap(each -> home.failure(each.snapshotId()));
        Optional<Refusal> refusal =
                known.refused().stream().filter(each -> each.product().equals(product)).findFirst();
        boolean isDirect = copies.isEmpty() && offer.filter(each -> !each.isReplica()).isPresent();
        String state =
                refusal.isPresent()
                        ? "refused"
                        : failure.isPresent()
                                ? "waiting"
                                : isDirect
                                        ? "direct"
                                        : shown.map(copy ->
                                                        copy.state()
                                                                .name()
                                                                .toLowerCase(Locale.ROOT))
                                                .orElse("coming");
        boolean isNewest =
                held.isPresent()
                        && offer.filter(each -> each.snapshotId() == held.get().snapshotId())
                                .isPresent();
        long behind =
                isDirect || isNewest || offer.isEmpty()
                        ? 0
                        : Math.max(
                                1,
                                offer.get().release() - held.map(CopyRecord::release).orElse(0L));
        long bytes = shown.map(CopyRecord::bytes).orElse(0L);
        return new ReplicaInfo(
                product,
                home.home().toString(),
                state,
                held.map(copy -> OptionalLong.of(copy.release())).orElse(OptionalLong.empty()),
                offer.map(each -> OptionalLong.of(each.release())).orElse(OptionalLong.empty()),
                shown.map(CopyRecord::rows).orElse(0L),
                bytes,
                behind,
                home.heardAt(),
                isDirect
                        ? Optional.empty()
                        : Optional.of(
                                room.prices().price(home.home(), room.here(), bytes).toString()),
                refusal.map(each -> String.join("; ", each.reasons()))
                        .or(() -> failure.map(HomeCopies.Failure::message))
                        .or(home::unheard));
    }
}
