package dev.sheaf.query;

import dev.sheaf.kernel.RegionName;
import dev.sheaf.query.FromItems.Hit;
import dev.sheaf.query.FromItems.Leaf;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The items of a FROM in groups, each of which one other region can answer, with the conditions
/// that concern one group alone.
final class JoinGroups {
    private final FromItems from;
    private final List<Optional<RegionName>> regions = new ArrayList<>();
    private final int[] groupOf;
    private final List<JsonNode> rest = new ArrayList<>();
    private final List<Condition> conditions = new ArrayList<>();

    private JoinGroups(FromItems from) {
        this.from = from;
        this.groupOf = new int[from.items().size()];
    }

    /// Empty when no item can go anywhere.
    static Optional<JoinGroups> of(Fragments fragments, ObjectNode select, FromItems from) {
        JoinGroups groups = new JoinGroups(from);
        for (int item = 0; item < from.items().size(); item++) {
            groups.groupOf[item] = item;
            groups.regions.add(regionOf(fragments, from.items().get(item)));
        }
        if (groups.regions.stream().allMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        List<JsonNode> all = new ArrayList<>(from.conditions());
        all.addAll(SyntaxTree.conjuncts(select.path("where_clause")));
        all.forEach(groups::add);
        groups.conditions.forEach(groups::join);
        groups.takeSubqueries(fragments);
        return Optional.of(groups);
    }

    FromItems from() {
        return from;
    }

    /// The numbers of the groups that another region can answer, in order of appearance.
    List<Integer> groups() {
        Set<Integer> numbers = new TreeSet<>();
        for (int item = 0; item < groupOf.length; item++) {
            if (regions.get(item).isPresent()) {
                numbers.add(groupOf[item]);
            }
        }
        return List.copyOf(numbers);
    }

    /// Empty for a column of an item that stays.
    Optional<Integer> groupOf(Hit hit) {
        int item = from.leaves().get(hit.leaf()).item();
        return regions.get(item).isPresent() ? Optional.of(groupOf[item]) : Optional.empty();
    }

    List<Integer> itemsOf(int group) {
        List<Integer> items = new ArrayList<>();
        for (int item = 0; item < groupOf.length; item++) {
            if (groupOf[item] == group) {
                items.add(item);
            }
        }
        return items;
    }

    boolean stays(int item) {
        return regions.get(item).isEmpty();
    }

    /// The conditions that a group answers for.
    List<JsonNode> conditionsOf(int group) {
        return conditions.stream()
                .filter(condition -> groupOf(condition).equals(Optional.of(group)))
                .map(Condition::node)
                .toList();
    }

    /// The conditions on one item that stays.
    List<JsonNode> conditionsOfItem(int item) {
        return conditions.stream()
                .filter(condition -> condition.items().equals(Set.of(item)))
                .map(Condition::node)
                .toList();
    }

    /// The conditions that no group answers for.
    List<JsonNode> rest() {
        List<JsonNode> all = new ArrayList<>(rest);
        conditions.stream()
                .filter(condition -> groupOf(condition).isEmpty())
                .map(Condition::node)
                .forEach(all::add);
        return all;
    }

    private Optional<Integer> groupOf(Condition condition) {
        Set<Integer> groups = new HashSet<>();
        for (int item : condition.items()) {
            if (regions.get(item).isEmpty()) {
                return Optional.empty();
            }
            groups.add(groupOf[item]);
        }
        return groups.size() == 1 ? groups.stream().findFirst() : Optional.empty();
    }

    private static Optional<RegionName> regionOf(Fragments fragments, JsonNode item) {
        Fragments.Uses uses = fragments.uses(item);
        if (!uses.areOfOneRegion()
                || SyntaxTree.isVolatile(item)
                || SyntaxTree.typeOf(item).equals("SHOW_REF")) {
            return Optional.empty();
        }
        boolean isTable = SyntaxTree.isTable(item);
        return isTable || fragments.binder().columnsOf(item, List.of()).isPresent()
                ? Optional.of(uses.remote().getFirst().region())
                : Optional.empty();
    }

    private void add(JsonNode node) {
        boolean stays =
                SyntaxTree.any(node, SyntaxTree::isSubqueryExpression)
                        || SyntaxTree.isVolatile(node);
        Set<Integer> items = new HashSet<>();
        boolean[] isKnown = {!stays};
        if (!stays) {
            SyntaxTree.each(
                    node,
                    inner -> {
                        if (SyntaxTree.isColumn(inner)) {
                            Optional<Hit> hit = from.find(inner);
                            isKnown[0] &= hit.isPresent();
                            hit.ifPresent(found -> items.add(leaf(found).item()));
                        }
                    });
        }
        if (isKnown[0] && !items.isEmpty()) {
            conditions.add(new Condition(node, items));
        } else {
            rest.add(node);
        }
    }

    /// A condition with a subquery goes to a group of the same region when it means something there
    /// alone: a name that it takes from elsewhere would not be found, or be found by both.
    private void takeSubqueries(Fragments fragments) {
        for (JsonNode node : List.copyOf(rest)) {
            if (!fragments.uses(node).areOfOneRegion() || SyntaxTree.isVolatile(node)) {
                continue;
            }
            Optional<RegionName> region =
                    Optional.of(fragments.uses(node).remote().getFirst().region());
            for (int group : groups()) {
                if (regions.get(group).equals(region) && isMeantBy(fragments, group, node)) {
                    rest.remove(node);
                    conditions.add(new Condition(node, Set.copyOf(itemsOf(group))));
                    break;
                }
            }
        }
    }

    private boolean isMeantBy(Fragments fragments, int group, JsonNode condition) {
        ObjectNode probe = SyntaxTree.query(fragments.session(), "SELECT 1 FROM range(1)");
        List<JsonNode> items = new ArrayList<>();
        itemsOf(group).forEach(item -> items.add(from.items().get(item)));
        probe.set("from_table", SyntaxTree.product(fragments.session(), items).deepCopy());
        probe.set("where_clause", condition.deepCopy());
        return fragments.binder().columnsAlone(probe).isPresent();
    }

    private Leaf leaf(Hit hit) {
        return from.leaves().get(hit.leaf());
    }

    /// Items of one region that an equation joins are one group.
    private void join(Condition condition) {
        List<Integer> items = List.copyOf(condition.items());
        boolean isEquation =
                SyntaxTree.typeOf(condition.node()).equals("COMPARE_EQUAL") && items.size() == 2;
        if (!isEquation
                || regions.get(items.get(0)).isEmpty()
                || !regions.get(items.get(0)).equals(regions.get(items.get(1)))) {
            return;
        }
        int one = groupOf[items.get(0)];
        int other = groupOf[items.get(1)];
        for (int item = 0; item < groupOf.length; item++) {
            if (groupOf[item] == Math.max(one, other)) {
                groupOf[item] = Math.min(one, other);
            }
        }
    }

    /// @param items whose columns it names
    private record Condition(JsonNode node, Set<Integer> items) {}
}
