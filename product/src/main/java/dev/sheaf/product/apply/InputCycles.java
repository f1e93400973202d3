package dev.sheaf.product.apply;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.ProductSpec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Finds products that are, over some others, an input of themselves.
final class InputCycles {
    private final Map<String, ProductSpec> byContract = new HashMap<>();
    private final Map<ProductName, ProductSpec> products = new TreeMap<>();
    private final Set<ProductName> cleared = new HashSet<>();

    InputCycles(Collection<ProductSpec> all) {
        for (ProductSpec product : all) {
            byContract.put(product.contract().id(), product);
            products.put(product.name(), product);
        }
    }

    /// A cycle as `a.x -> b.y -> a.x`, with the first product on it; empty when there is none.
    Optional<Cycle> first() {
        for (ProductSpec product : products.values()) {
            Optional<Cycle> cycle = from(product);
            if (cycle.isPresent()) {
                return cycle;
            }
        }
        return Optional.empty();
    }

    /// Depth first with a path of its own: a chain of inputs may be longer than a stack is deep.
    private Optional<Cycle> from(ProductSpec start) {
        List<ProductSpec> path = new ArrayList<>();
        List<List<ProductSpec>> waiting = new ArrayList<>();
        path.add(start);
        waiting.add(inputs(start));
        while (!path.isEmpty()) {
            List<ProductSpec> next = waiting.getLast();
            if (next.isEmpty() || cleared.contains(path.getLast().name())) {
                cleared.add(path.removeLast().name());
                waiting.removeLast();
                continue;
            }
            ProductSpec input = next.removeLast();
            int at = path.stream().map(ProductSpec::name).toList().indexOf(input.name());
            if (at >= 0) {
                return Optional.of(new Cycle(path.get(at), shown(path.subList(at, path.size()))));
            }
            path.add(input);
            waiting.add(inputs(input));
        }
        return Optional.empty();
    }

    private List<ProductSpec> inputs(ProductSpec product) {
        List<ProductSpec> inputs = new ArrayList<>();
        for (String contractId : product.descriptor().inputContractIds()) {
            ProductSpec input = byContract.get(contractId);
            if (input != null) {
                inputs.add(input);
            }
        }
        return inputs;
    }

    private static String shown(List<ProductSpec> cycle) {
        return cycle.stream().map(p -> p.name().toString()).collect(Collectors.joining(" -> "))
                + " -> "
                + cycle.getFirst().name();
    }

    record Cycle(ProductSpec first, String path) {}
}
