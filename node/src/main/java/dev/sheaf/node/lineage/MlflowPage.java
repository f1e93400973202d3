package dev.sheaf.node.lineage;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A part of what an MLflow search has found, in the order that was asked for. The token of the
/// next page is how many are before it.
final class MlflowPage {
    private static final String NUMBER = "version_number";
    private static final List<String> ORDERS =
            List.of("name", NUMBER, "creation_timestamp", "last_updated_timestamp");

    private MlflowPage() {}

    /// @param member of the answer that holds the list
    /// @param found in the order that counts when none is asked for
    static Reply of(Request request, String member, Stream<ObjectNode> found, int most) {
        int limit = (int) request.number("max_results", Math.min(most, 100), 1, most);
        int before = (int) request.number("page_token", 0, 0, Integer.MAX_VALUE);
        List<ObjectNode> all = found.sorted(order(request.queries("order_by"))).toList();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode list = answer.putArray(member);
        all.stream().skip(before).limit(limit).forEach(list::add);
        if (all.size() - limit > before) {
            answer.put("next_page_token", Integer.toString(before + limit));
        }
        return Reply.json(answer);
    }

    private static Comparator<ObjectNode> order(List<String> clauses) {
        Comparator<ObjectNode> order = (_, _) -> 0;
        for (String clause : clauses) {
            String[] words = clause.strip().split("\\s+", 2);
            String direction = words.length == 1 ? "ASC" : words[1].toUpperCase(Locale.ROOT);
            if (!ORDERS.contains(words[0]) || !List.of("ASC", "DESC").contains(direction)) {
                throw new Problem(
                        ProblemCode.BAD_REQUEST,
                        "order_by is '"
                                + clause
                                + "': write one of "
                                + String.join(", ", ORDERS)
                                + ", and ASC or DESC behind it");
            }
            Comparator<ObjectNode> next =
                    switch (words[0]) {
                        case "name" -> Comparator.comparing(each -> each.path("name").asString(""));
                        case NUMBER ->
                                Comparator.comparingLong(each -> each.path("version").asLong(0));
                        default -> Comparator.comparingLong(each -> each.path(words[0]).asLong(0));
                    };
            order = order.thenComparing(direction.equals("DESC") ? next.reversed() : next);
        }
        return order;
    }
}
