package dev.sheaf.node.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes the reference page docs/configuration.md from the records.
public final class ConfigReference {
    private static final String HEAD =
            """
            # Configuration

            A node reads `sheaf.yaml` in its data directory, or the file that `--config` names. Every key has a default, so
            that no file is needed. Unknown keys are refused. Secrets are never written here but referred to, as
            `env:NAME` or `file:PATH`. This page is generated from the records in `dev.sheaf.node.config`.

            ```yaml
            region: aws/us-east-1
            listen: {address: 127.0.0.1, port: 7350}
            lake:
              defaultStore: main
              stores:
                - {name: main, root: 's3://sheaf-us-east-1/warehouse', properties: {region: us-east-1}}
            identity:
              issuers:
                - {issuer: 'https://login.example.com/', jwksUrl: 'https://login.example.com/keys'}
            ```

            | key | value | default | meaning |
            | --- | --- | --- | --- |
            """;

    private ConfigReference() {}

    public static String page() {
        StringBuilder page = new StringBuilder(HEAD);
        rows(NodeConfig.class, "", page);
        return page.toString();
    }

    private static void rows(Class<?> type, String path, StringBuilder page) {
        for (RecordComponent component : type.getRecordComponents()) {
            Setting setting = ConfigBinder.setting(component);
            String key = path + component.getName();
            Type of = component.getGenericType();
            String form = form(of);
            page.append(
                    "| `%s` | %s | %s | %s |%n"
                            .formatted(key, form, fallback(component, setting), setting.value())
                            .replace("\r\n", "\n"));
            Class<?> inner = inner(of);
            if (inner.isRecord() && !Values.isSingle(inner)) {
                boolean list =
                        of instanceof ParameterizedType generic
                                && generic.getRawType() == List.class;
                rows(inner, key + (list ? "[]." : "."), page);
            }
        }
    }

    private static String fallback(RecordComponent component, Setting setting) {
        if (!setting.fallback().isEmpty()) {
            return "`" + setting.fallback() + "`";
        }
        Class<?> type = component.getType();
        boolean optional =
                type == Optional.class
                        || type == List.class
                        || type == Map.class
                        || inner(type).isRecord() && !Values.isSingle(type);
        return optional ? "–" : "required";
    }

    private static Class<?> inner(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return (Class<?>) arguments[arguments.length - 1];
        }
        return (Class<?>) type;
    }

    private static String form(Type type) {
        Class<?> inner = inner(type);
        String single = Values.isSingle(inner) ? Values.form(inner) : "section";
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? "list of: " + single
                    : generic.getRawType() == Map.class ? "map to: " + single : single;
        }
        return single;
    }
}
