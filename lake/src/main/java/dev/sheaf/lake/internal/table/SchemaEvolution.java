package dev.sheaf.lake.internal.table;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.TableContract;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.apache.iceberg.Schema;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.NestedField;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// The steps from a table's schema to a contract's: rename by the custom property `sheaf.was`, add,
/// widen, relax, drop, reorder. A field keeps its id as long as it keeps its meaning.
///
/// What readers of existing files could not follow is breaking. In a rebuild, such a column is
/// dropped and added anew with an id of its own, so that old files are never misread.
final class SchemaEvolution {
    static final String WAS = "sheaf.was";

    private final Schema from;
    private final UpdateSchema update;
    private final boolean rebuild;
    private final List<String> breaking = new ArrayList<>();
    private boolean changed;

    private SchemaEvolution(Schema from, UpdateSchema update, boolean rebuild) {
        this.from = from;
        this.update = update;
        this.rebuild = rebuild;
    }

    /// Adds the steps to the update; false when none are needed.
    ///
    /// @throws Problem BREAKING_CHANGE with every obstacle, when not a rebuild
    static boolean plan(Schema from, TableContract to, UpdateSchema update, boolean rebuild) {
        if (rebuild) {
            update.allowIncompatibleChanges();
        }
        SchemaEvolution evolution = new SchemaEvolution(from, update, rebuild);
        evolution.columns(to);
        if (!evolution.breaking.isEmpty()) {
            throw new Problem(
                    ProblemCode.BREAKING_CHANGE,
                    "table '"
                            + to.name()
                            + "' cannot become what the contract says: "
                            + String.join("; ", evolution.breaking)
                            + ". Make a new major version with a new table, or publish in replace"
                            + " mode");
        }
        return evolution.changed;
    }

    private void columns(TableContract to) {
        List<Target> targets = new ArrayList<>();
        for (ColumnContract column : to.columns()) {
            targets.add(
                    new Target(
                            column.name(),
                            Optional.ofNullable(column.customProperties().get(WAS))
                                    .map(Object::toString),
                            column.type(),
                            column.required(),
                            column.description()));
        }
        members("", from.columns(), targets, true);
        identifiers(to);
    }

    /// A column or member of a struct as the contract wants it.
    private record Target(
            String name,
            Optional<String> was,
            ColumnType type,
            boolean required,
            Optional<String> description) {}

    /// @param parent the struct's full name, empty for the top level
    private void members(
            String parent, List<NestedField> existing, List<Target> targets, boolean documented) {
        Set<Integer> kept = new HashSet<>();
        List<Optional<NestedField>> sources =
                targets.stream().map(target -> source(existing, targets, target)).toList();
        sources.forEach(source -> source.ifPresent(field -> kept.add(field.fieldId())));
        for (NestedField field : existing) {
            if (!kept.contains(field.fieldId())) {
                changed = true;
                update.deleteColumn(full(parent, field.name()));
            }
        }
        List<String> order = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            order.add(member(parent, sources.get(i), targets.get(i), documented));
        }
        List<String> natural = new ArrayList<>();
        existing.stream()
                .filter(field -> order.contains(full(parent, field.name())))
                .forEach(field -> natural.add(full(parent, field.name())));
        order.stream().filter(name -> !natural.contains(name)).forEach(natural::add);
        reorder(order, natural);
    }

    /// Handles one member; the name by which the update knows it.
    private String member(
            String parent, Optional<NestedField> source, Target target, boolean documented) {
        if (source.isEmpty()) {
            add(parent, target);
            return full(parent, target.name());
        }
        NestedField field = source.get();
        String name = full(parent, field.name());
        int before = breaking.size();
        type(name, field.type(), target.type());
        if (field.isOptional() && target.required()) {
            breaking.add(name + " was optional and becomes required");
        }
        if (breaking.size() > before && rebuild) {
            breaking.subList(before, breaking.size()).clear();
            update.deleteColumn(name);
            add(parent, target);
            return full(parent, target.name());
        }
        if (field.isRequired() && !target.required()) {
            changed = true;
            update.makeColumnOptional(name);
        }
        if (documented && !Objects.equals(field.doc(), target.description().orElse(null))) {
            changed = true;
            update.updateColumnDoc(name, target.description().orElse(null));
        }
        if (!field.name().equals(target.name())) {
            changed = true;
            update.renameColumn(name, target.name());
        }
        return name;
    }

    private void add(String parent, Target target) {
        changed = true;
        Type type = ContractSchemas.type(target.type(), new AtomicInteger());
        String description = target.description().orElse(null);
        Optional<String> under = parent.isEmpty() ? Optional.empty() : Optional.of(parent);
        if (!target.required()) {
            update.addColumn(under.orElse(null), target.name(), type, description);
        } else if (rebuild) {
            update.addRequiredColumn(under.orElse(null), target.name(), type, description);
        } else {
            breaking.add(
                    full(parent, target.name())
                            + " is new and required, but the rows that exist have no value for it"
                            + " (a default needs Iceberg v3; make it optional)");
        }
    }

    private void type(String name, Type existing, ColumnType wanted) {
        Type target = ContractSchemas.type(wanted, new AtomicInteger());
        if (existing.isPrimitiveType() && target.isPrimitiveType()) {
            if (existing.equals(target)) {
                return;
            }
            if (TypeUtil.isPromotionAllowed(existing, target.asPrimitiveType())) {
                changed = true;
                update.updateColumn(name, target.asPrimitiveType());
            } else {
                breaking.add(name + " was " + existing + " and becomes " + target);
            }
            return;
        }
        if (existing.typeId() != target.typeId()) {
            breaking.add(name + " was " + existing + " and becomes " + target);
            return;
        }
        switch (wanted) {
            case ColumnType.Struct struct ->
                    members(
                            name,
                            existing.asStructType().fields(),
                            struct.fields().stream()
                                    .map(field ->
                                            new Target(
                                                    field.name(),
                                                    Optional.empty(),
                                                    field.type(),
                                                    field.required(),
                                                    Optional.empty()))
                                    .toList(),
                            false);
            case ColumnType.ListOf list -> {
                NestedField element = existing.asListType().fields().getFirst();
                inner(name + ".element", element, list.element(), list.elementRequired());
            }
            case ColumnType.MapOf map -> {
                NestedField key = existing.asMapType().fields().getFirst();
                if (!sameShape(key.type(), map.key())) {
                    breaking.add(name + ": the type of a map's key never changes");
                }
                NestedField value = existing.asMapType().fields().getLast();
                inner(name + ".value", value, map.value(), map.valueRequired());
            }
            case ColumnType.Primitive _, ColumnType.Decimal _ ->
                    throw new IllegalStateException("primitive types were compared above");
        }
    }

    private void inner(String name, NestedField field, ColumnType wanted, boolean required) {
        type(name, field.type(), wanted);
        if (field.isOptional() && required) {
            breaking.add(name + " was optional and becomes required");
        } else if (field.isRequired() && !required) {
            changed = true;
            update.makeColumnOptional(name);
        }
    }

    private static boolean sameShape(Type existing, ColumnType wanted) {
        Type target = ContractSchemas.type(wanted, new AtomicInteger());
        return TypeUtil.assignFreshIds(
                        0, new Schema(NestedField.required(1, "k", existing)), freshIds())
                .sameSchema(
                        TypeUtil.assignFreshIds(
                                0, new Schema(NestedField.required(1, "k", target)), freshIds()));
    }

    private static TypeUtil.NextID freshIds() {
        return new AtomicInteger()::incrementAndGet;
    }

    /// The existing field that a target continues: of its old name if it gives one that is still
    /// there and that no other column bears now, else of the same name.
    private static Optional<NestedField> source(
            List<NestedField> existing, List<Target> targets, Target target) {
        Optional<NestedField> sameName = named(existing, target.name());
        if (sameName.isPresent() || target.was().isEmpty()) {
            return sameName;
        }
        String was = target.was().get();
        boolean taken = targets.stream().anyMatch(other -> other.name().equals(was));
        return taken ? Optional.empty() : named(existing, was);
    }

    private static Optional<NestedField> named(List<NestedField> fields, String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /// Moves members into their order, starting from the order they have without any move.
    private void reorder(List<String> order, List<String> natural) {
        if (order.equals(natural)) {
            return;
        }
        changed = true;
        for (int i = 0; i < order.size(); i++) {
            if (i == 0) {
                update.moveFirst(order.getFirst());
            } else {
                update.moveAfter(order.get(i), order.get(i - 1));
            }
        }
    }

    private void identifiers(TableContract to) {
        List<ColumnContract> key = to.primaryKey();
        boolean whole = key.stream().allMatch(ContractSchemas::canIdentify);
        List<String> wanted = whole ? key.stream().map(ColumnContract::name).toList() : List.of();
        if (!new HashSet<>(wanted).equals(from.identifierFieldNames())) {
            changed = true;
            update.setIdentifierFields(wanted);
        }
    }

    private static String full(String parent, String name) {
        return parent.isEmpty() ? name : parent + "." + name;
    }
}
