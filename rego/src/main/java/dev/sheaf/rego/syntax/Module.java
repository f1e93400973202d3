package dev.sheaf.rego.syntax;

import java.util.List;

/// One file of a policy.
///
/// @param packagePath without `data`
/// @param annotations the metadata comments of the package
/// @param text as it was read
public record Module(
        String file,
        RegoVersion version,
        List<String> packagePath,
        Location packageAt,
        List<Import> imports,
        List<Rule> rules,
        List<Annotation> annotations,
        List<Comment> comments,
        String text) {}
