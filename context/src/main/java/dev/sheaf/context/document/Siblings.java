package dev.sheaf.context.document;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.FieldKind;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.resolve.Resolver;
import dev.sheaf.context.resolve.Sibling;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/// Two or more concurrent values of a register. Never changed, only replaced. They keep their dots
/// until a write that has seen them takes them away, also when they are stable, as the resolver may
/// need their rank.
final class Siblings extends Node {
    final List<Register> registers;

    private Siblings(List<Register> registers) {
        this.registers = registers;
    }

    /// The content of a place that holds these, or null when there are none.
    static @Nullable Object of(List<Register> registers) {
        return switch (registers.size()) {
            case 0 -> null;
            case 1 -> registers.getFirst();
            default -> new Siblings(List.copyOf(registers));
        };
    }

    /// As [#of], a single stable one as its bare value.
    static @Nullable Object ofStable(List<Register> registers) {
        return registers.size() == 1 && registers.getFirst().dot == Dot.STABLE
                ? registers.getFirst().value
                : of(registers);
    }

    /// What chooses between the siblings of a place.
    static Resolver resolver(FieldRule rule) {
        return rule.kind() == FieldKind.IMMUTABLE
                ? new Resolver.First()
                : Resolver.parse(rule.resolver());
    }

    /// The siblings that may be seen.
    List<Sibling> open() {
        List<Sibling> open = new ArrayList<>(registers.size());
        for (Register register : registers) {
            if (register.value != RedactedValue.INSTANCE) {
                open.add(new Sibling(register.value, register.dot, register.hlc));
            }
        }
        return open;
    }

    @Override
    @Nullable Object clear(Merge merge) {
        List<Register> left = new ArrayList<>(registers.size());
        for (Register register : registers) {
            if (!merge.saw(register.dot)) {
                left.add(register);
            }
        }
        return left.size() == registers.size() ? this : of(left);
    }

    @Override
    boolean exists() {
        return true;
    }

    @Override
    @Nullable JsonNode show(FieldRule rule, ActorTable actors) {
        List<Sibling> open = open();
        return open.isEmpty() ? null : resolver(rule).choose(open, actors).value();
    }

    @Override
    long digest() {
        return Digest.siblings(registers);
    }

    @Override
    Object strip(Cuts cuts) {
        return this;
    }

    @Override
    long unseen(Merge merge) {
        for (Register register : registers) {
            if (!merge.saw(register.dot)) {
                return register.dot;
            }
        }
        return Container.NONE;
    }

    @Override
    boolean hasDot(long dot) {
        return registers.stream().anyMatch(register -> register.dot == dot);
    }

    @Override
    void eachDot(LongConsumer sink) {
        registers.forEach(register -> sink.accept(register.dot));
    }

    @Override
    long weightBytes() {
        long bytes = OBJECT_BYTES * 2L;
        for (Register register : registers) {
            bytes += register.weightBytes();
        }
        return bytes;
    }

    @Override
    long metadataBytes() {
        return (long) registers.size() * STAMP_BYTES;
    }

    @Override
    Node copy() {
        return this;
    }
}
