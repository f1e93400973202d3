package dev.sheaf.node.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What one key of the configuration means, on the record component that holds it.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {
    /// For the reference page.
    String value();

    /// The default as it would be written; empty when there is none: lists and maps are empty then,
    /// an `Optional` is absent, a section has its own defaults, and anything else must be given.
    String fallback() default "";
}
