package dev.sheaf.governance.decision;

/// What is wanted. The text is what policies compare with.
public enum Action {
    PRODUCT_APPLY("product.apply"),
    PRODUCT_DELETE("product.delete"),
    PRODUCT_DESCRIBE("product.describe"),
    PRODUCT_ERASE("product.erase"),
    PRODUCT_EXPORT("product.export"),
    PRODUCT_PUBLISH("product.publish"),
    PRODUCT_QUERY("product.query"),
    PRODUCT_ROLLBACK("product.rollback"),
    PRODUCT_SAMPLE("product.sample"),
    PRODUCT_TRANSFER("product.transfer"),
    CONTEXT_READ("context.read"),
    CONTEXT_WRITE("context.write"),
    CONTEXT_ERASE("context.erase"),
    CONTEXT_REPLICATE("context.replicate");

    private final String text;

    Action(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
