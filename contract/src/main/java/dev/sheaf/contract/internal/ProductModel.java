package dev.sheaf.contract.internal;

import dev.sheaf.contract.DataProduct;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.document.Node;

/// From a valid ODPS document to [DataProduct].
public final class ProductModel {
    private ProductModel() {}

    public static DataProduct product(Source source, Node.Mapping root) {
        Fields fields = new Fields(root);
        return new DataProduct(
                source,
                fields.text("apiVersion").orElse(""),
                fields.text("id").orElse(""),
                fields.text("name"),
                fields.text("version"),
                fields.text("status").orElse(""),
                fields.text("domain"),
                fields.object("description").text("purpose"),
                fields.objects("outputPorts").stream().map(ProductModel::outputPort).toList(),
                fields.objects("inputPorts").stream()
                        .flatMap(port -> port.text("contractId").stream())
                        .toList(),
                fields.customProperties());
    }

    private static DataProduct.OutputPort outputPort(Fields port) {
        return new DataProduct.OutputPort(
                port.text("name").orElse(""),
                port.text("version"),
                port.text("contractId"),
                port.customProperties());
    }
}
