package dev.sheaf.product.apply;

import dev.sheaf.contract.Checked;
import dev.sheaf.contract.ContractReader;
import dev.sheaf.contract.DataContract;
import dev.sheaf.contract.ProductReader;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.TableContract;
import dev.sheaf.contract.document.Node;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.ledger.SpecReader;

/// Makes a product's declaration from its two documents.
public final class ProductSpecReader implements SpecReader {
    @Override
    public ProductSpec read(ProductName name, Source descriptor, Source contract) {
        Checked checked = ProductReader.check(descriptor);
        Findings findings = new Findings();
        PipelineSettings settings =
                checked.root().orElse(null) instanceof Node.Mapping root
                        ? new SheafProperties(descriptor, findings).read(root)
                        : PipelineSettings.DEFAULT;
        Findings.requireNoErrors(findings.all());
        DataContract model = ContractReader.read(contract);
        return switch (TableChoice.of(model, settings.table())) {
            case TableChoice.Chosen(TableContract table) ->
                    new ProductSpec(
                            name,
                            ProductReader.model(checked),
                            model,
                            table,
                            settings.source(),
                            settings.transform(),
                            settings.publish(),
                            settings.location());
            case TableChoice.None(String why) ->
                    throw new Problem(ProblemCode.INVALID_CONTRACT, why);
        };
    }
}
