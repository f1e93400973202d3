package dev.sheaf.contract.internal;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.DataContract;
import dev.sheaf.contract.QualityRule;
import dev.sheaf.contract.SlaProperty;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.TableContract;
import dev.sheaf.contract.document.Node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// From a valid ODCS 3 document to [DataContract].
public final class ContractModel {
    private final Source source;

    public ContractModel(Source source) {
        this.source = source;
    }

    public DataContract contract(Node.Mapping root) {
        Fields fields = new Fields(root);
        List<Fields> tables = fields.objects("schema");
        ForeignKeys keys = new ForeignKeys(tables);
        return new DataContract(
                source,
                fields.text("apiVersion").orElse(""),
                fields.text("id").orElse(""),
                fields.text("version").orElse(""),
                fields.text("status").orElse(""),
                fields.text("name"),
                fields.text("domain"),
                fields.text("dataProduct"),
                tables.stream().map(table -> table(table, keys)).toList(),
                fields.objects("slaProperties").stream().map(ContractModel::sla).toList(),
                fields.customProperties());
    }

    private static SlaProperty sla(Fields fields) {
        return new SlaProperty(
                fields.text("property").orElse(""),
                fields.text("value").orElse(""),
                fields.text("unit"),
                fields.text("element"),
                fields.text("driver"));
    }

    private static TableContract table(Fields fields, ForeignKeys keys) {
        QualityRules rules = new QualityRules();
        List<QualityRule> tableRules = rules.of(fields, Optional.empty());
        List<ColumnContract> columns = new ArrayList<>();
        for (Fields property : fields.objects("properties")) {
            columns.add(column(property, rules));
        }
        return new TableContract(
                fields.text("name").orElse(""),
                fields.text("physicalName"),
                fields.text("description"),
                columns,
                tableRules,
                fields.customProperties(),
                keys.of(fields));
    }

    private static ColumnContract column(Fields fields, QualityRules rules) {
        String name = fields.text("name").orElse("");
        boolean primaryKey = fields.flag("primaryKey");
        List<QualityRule> quality = new ArrayList<>(rules.of(fields, Optional.of(name)));
        rules.ofNested(fields, name, quality);
        return new ColumnContract(
                name,
                fields.text("physicalName"),
                fields.text("businessName"),
                fields.text("description"),
                TypeResolution.of(fields).type(),
                fields.flag("required"),
                fields.flag("unique"),
                primaryKey,
                primaryKey ? Math.max(1, fields.number("primaryKeyPosition").orElse(1)) : 0,
                partition(fields),
                Constraints.of(fields),
                fields.text("classification"),
                fields.flag("criticalDataElement"),
                fields.texts("tags"),
                quality,
                fields.customProperties());
    }

    private static OptionalInt partition(Fields fields) {
        return fields.flag("partitioned")
                ? OptionalInt.of(Math.max(1, fields.number("partitionKeyPosition").orElse(1)))
                : OptionalInt.empty();
    }
}
