package dev.sheaf.node.config;

import dev.sheaf.contract.document.Node;
import dev.sheaf.contract.document.Position;
import dev.sheaf.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes records of a document's mappings by the names and types of their components.
final class ConfigBinder {
    private final String file;
    private final List<String> faults;

    ConfigBinder(String file, List<String> faults) {
        this.file = file;
        this.faults = faults;
    }

    <R extends Record> @Nullable R bind(Class<R> type, Node.Mapping mapping) {
        return type.cast(record(type, mapping, ""));
    }

    private @Nullable Object record(Class<?> type, Node.Mapping mapping, String path) {
        RecordComponent[] components = type.getRecordComponents();
        refuseUnknown(components, mapping, path);
        int before = faults.size();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = component(components[i], mapping, path);
        }
        return faults.size() > before
                ? null
                : construct(type, components, values, mapping.at(), path);
    }

    private @Nullable Object construct(
            Class<?> type,
            RecordComponent[] components,
            @Nullable Object[] values,
            Position at,
            String path) {
        try {
            Constructor<?> constructor =
                    type.getDeclaredConstructor(
                            Arrays.stream(components)
                                    .map(RecordComponent::getType)
                                    .toArray(Class<?>[]::new));
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Problem problem) {
                fault(at, path, problem.message());
                return null;
            }
            throw new IllegalStateException("the constructor of " + type + " failed", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " is not a record that can be made", e);
        }
    }

    private @Nullable Object component(
            RecordComponent component, Node.Mapping mapping, String path) {
        String key = component.getName();
        String here = path.isEmpty() ? key : path + "." + key;
        Optional<Node> given = mapping.get(key).filter(node -> !(node instanceof Node.Nothing));
        if (given.isPresent()) {
            return value(component.getGenericType(), given.get(), here);
        }
        Setting setting = setting(component);
        Class<?> type = component.getType();
        if (!setting.fallback().isEmpty()) {
            return Values.read(type, setting.fallback());
        } else if (type == Optional.class) {
            return Optional.empty();
        } else if (type == List.class) {
            return List.of();
        } else if (type == Map.class) {
            return Map.of();
        } else if (type.isRecord()) {
            return record(type, new Node.Mapping(mapping.at(), Map.of()), here);
        }
        fault(mapping.at(), here, "is missing; " + setting.value());
        return null;
    }

    private @Nullable Object value(Type type, Node node, String path) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == Optional.class) {
                return Optional.ofNullable(value(arguments[0], node, path));
            }
            return generic.getRawType() == List.class
                    ? list(arguments[0], node, path)
                    : map(arguments[1], node, path);
        }
        Class<?> single = (Class<?>) type;
        if (!Values.isSingle(single)) {
            return node instanceof Node.Mapping mapping
                    ? record(single, mapping, path)
                    : wrongShape(node, path, "keys and values");
        }
        Optional<String> text = text(node);
        if (text.isEmpty()) {
            return wrongShape(node, path, Values.form(single));
        }
        try {
            return Values.read(single, text.get());
        } catch (Problem problem) {
            return fault(node.at(), path, problem.message());
        }
    }

    private List<Object> list(Type element, Node node, String path) {
        List<Object> values = new ArrayList<>();
        if (!(node instanceof Node.Sequence sequence)) {
            wrongShape(node, path, "a list");
            return values;
        }
        for (int i = 0; i < sequence.items().size(); i++) {
            Object value = value(element, sequence.items().get(i), path + "[" + i + "]");
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private Map<String, Object> map(Type element, Node node, String path) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (!(node instanceof Node.Mapping mapping)) {
            wrongShape(node, path, "keys and values");
            return values;
        }
        mapping.members()
                .forEach((key, member) -> {
                    Object value = value(element, member.value(), path + "." + key);
                    if (value != null) {
                        values.put(key, value);
                    }
                });
        return values;
    }

    private static Optional<String> text(Node node) {
        return switch (node) {
            case Node.Text text -> Optional.of(text.value());
            case Node.Number number -> Optional.of(number.written());
            case Node.Flag flag -> Optional.of(Boolean.toString(flag.value()));
            case Node.Nothing _, Node.Mapping _, Node.Sequence _ -> Optional.empty();
        };
    }

    private void refuseUnknown(RecordComponent[] components, Node.Mapping mapping, String path) {
        List<String> known = Arrays.stream(components).map(RecordComponent::getName).toList();
        mapping.members()
                .forEach((key, member) -> {
                    if (!known.contains(key)) {
                        String here = path.isEmpty() ? key : path + "." + key;
                        fault(
                                member.keyAt(),
                                here,
                                "is not a key here; "
                                        + NearKey.of(key, known)
                                                .map(near -> "did you mean " + near + "?")
                                                .orElse("known are " + String.join(", ", known)));
                    }
                });
    }

    static Setting setting(RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw new IllegalStateException(component + " does not say what it means");
        }
        return setting;
    }

    private @Nullable Object wrongShape(Node node, String path, String expected) {
        return fault(node.at(), path, "must be: " + expected);
    }

    private @Nullable Object fault(Position at, String path, String message) {
        faults.add(file + ":" + at + ": " + path + ": " + message);
        return null;
    }
}
