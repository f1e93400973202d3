/// The built-in functions whose subjects come from the web: addresses, digests and keys,
/// certificates, tokens, schemas, GraphQL, requests and templates; one class or a few for each.
///
/// They reach no network, file or clock by themselves: a request, a name to look up and the time go
/// through [dev.sheaf.rego.builtin.Surroundings]. References to schemas elsewhere are refused, keys
/// and certificates are taken from the arguments only.
///
/// Source: OPA's policy reference, its Go sources for outcomes and error texts, and the RFCs and
/// specifications that the classes name.
@NullMarked
package dev.sheaf.rego.builtin.web;

import org.jspecify.annotations.NullMarked;
