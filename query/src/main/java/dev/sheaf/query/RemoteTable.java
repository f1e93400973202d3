package dev.sheaf.query;

import dev.sheaf.contract.DuckTypes;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.query.federation.RemoteProduct;

import java.util.List;

/// A product of another region in a statement. The release is the one that is known here, so that
/// all parts of the statement read the same one.
///
/// @param written its name as the statement has it
record RemoteTable(TableUse use, RemoteProduct product, List<String> written) {
    String viewName() {
        return use.viewName();
    }

    RegionName region() {
        return product.home();
    }

    List<Column> columns() {
        return product.contract().columns().stream()
                .map(column -> new Column(column.name(), DuckTypes.toSql(column.type())))
                .toList();
    }

    Shadow shadow() {
        return new Shadow(viewName(), columns());
    }
}
