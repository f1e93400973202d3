package dev.sheaf.rego.builtin.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateBuiltinsTest {
    private static final String VALUES =
            """
            {"name": "Ann", "age": 41, "zero": 0, "empty": "", "list": ["a", "b", "c"],
             "map": {"y": 2, "x": 1}, "nested": {"deep": {"key": "v"}}, "none": null,
             "yes": true, "no": false, "html": "<a & 'b'>", "dashed-key": "d"}
            """;

    private final Calls calls = new Calls();

    private String rendered(String template) {
        return ((StringValue) calls.value("strings.render_template", Calls.text(template), VALUES))
                .value();
    }

    private String fault(String template) {
        return calls.fault("strings.render_template", Calls.text(template), VALUES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            value = {
                "plain => plain",
                "{{.name}} is {{.age}} => Ann is 41",
                "{{.nested.deep.key}} => v",
                "{{.nested}} => map[deep:map[key:v]]",
                "{{.list}} {{.map}} => [a b c] map[x:1 y:2]",
                "{{.none}} {{.what}} {{.what.ever}} => <undefined> <undefined> <undefined>",
                "{{index .map \"what\"}} => <undefined>",
                "{{if .yes}}a{{else}}b{{end}}{{if .no}}c{{else if .name}}d{{else}}e{{end}} => ad",
                "{{if .zero}}given numbers are texts{{end}} => given numbers are texts",
                "{{if .empty}}a{{else}}b{{end}}{{if .none}}a{{else}}b{{end}}{{if 0}}a{{end}} => bb",
                "{{with .nested}}{{.deep.key}}{{end}}{{with .what}}a{{else}}b{{end}} => vb",
                "{{with .what}}a{{else with .name}}{{.}}{{end}} => Ann",
                "{{range .list}}<{{.}}>{{end}} => <a><b><c>",
                "{{range $i, $x := .list}}{{if $i}}, {{end}}{{$i}}={{$x}}{{end}} => 0=a, 1=b, 2=c",
                "{{range $k, $v := .map}}{{$k}}{{$v}} {{end}}. => x1 y2 .",
                "{{range .what}}a{{else}}none{{end}} => none",
                "{{range .list}}{{if eq . \"b\"}}{{continue}}{{end}}{{.}}{{end}} => ac",
                "{{range .list}}{{if eq . \"b\"}}{{break}}{{end}}{{.}}{{end}} => a",
                "{{range 3}}{{.}}{{end}} => 012",
                "{{$x := 1}}{{$x}}{{$x = 2}}{{$x}} => 12",
                "{{$n := 0}}{{range .list}}{{$n = .}}{{end}}{{$n}} => c",
                "{{range .list}}{{$.name}}{{end}} => AnnAnnAnn",
                "{{.name | printf \"%s-%s\" \"a\"}} => a-Ann",
                "{{(index .list 1)}}{{index .nested \"deep\" \"key\"}} => bv",
                "{{index . \"dashed-key\"}} => d",
                "{{len .list}} {{len .name}} {{len .map}} {{len \"é\"}} => 3 3 2 2",
                "{{slice .list 1 2}} {{slice .name 1}} => [b] nn",
                "{{and .yes .name}} {{and .no .name}} {{or .no .name}} {{not .no}} => Ann false Ann"
                        + " true",
                "{{eq .age \"41\"}} {{eq 1 2 1}} {{ne .name \"Bob\"}} {{eq .none nil}} => true true"
                        + " true true",
                "{{lt 1 2}}{{le 2 2}}{{gt 1 2}}{{ge 1 2}}{{lt \"a\" \"b\"}}{{lt 1.5 2.5}} =>"
                        + " truetruefalsefalsetruetrue",
                "{{print 1 2 \"a\" \"b\" 3 true}} => 1 2ab3 true",
                "{{print \"a\" nil}} => a<nil>",
                "{{printf \"%d|%5d|%-5d|%05d|%+d|%x|%X|%o|%b|%c|%q|%U\" 1 2 3 4 5 255 255 8 5 97 97"
                        + " 97}} => 1|    2|3    |00004|+5|ff|FF|10|101|a|'a'|U+0061",
                "{{printf \"%s|%6s|%-6s|%.2s|%q|%x|%v\" .name .name .name .name .name .name .list}}"
                        + " => Ann|   Ann|Ann   |An|\"Ann\"|416e6e|[a b c]",
                "{{printf \"%f|%.2f|%e|%g|%8.3f\" 1.5 1.005 1500.0 1e21 3.14159}} =>"
                        + " 1.500000|1.00|1.500000e+03|1e+21|   3.142",
                "{{printf \"%t %v %T %T\" true false 1 .age}} => true false int json.Number",
                "{{printf \"%d %s %\" .age 1}} => %!d(json.Number=41) %!s(int=1) %!(NOVERB)",
                "{{printf \"%d\"}} {{printf \"a\" 1 \"b\"}} => %!d(MISSING) a%!(EXTRA int=1,"
                        + " string=b)",
                "{{printf \"%v %s\" .none .none}} => <nil> %!s(<nil>)",
                "{{html .html}} {{js \"a'b\"}} {{urlquery \"a b&c\"}} => &lt;a &amp;"
                        + " &#39;b&#39;&gt; a\\'b a+b%26c",
                "{{\"a\\tb\\x41\\u00e9\"}} {{`raw\\n`}} {{'x'}} {{0x1F}} {{1_000}} {{-2.50}}"
                        + " {{1e3}} => a\tbAé raw\\n"
                        + " 120 31 1000 -2.5 1000",
                "{{/* nothing */}}a{{- /* nothing */ -}} b => ab",
                "{{define \"t\"}}[{{.}}]{{end}}{{template \"t\" .name}}{{template \"t\"}} =>"
                        + " [Ann][<undefined>]",
                "{{block \"b\" .age}}{{.}}{{end}} => 41",
                "{{(print \"a\" \"b\") | len}} => 2",
                "{{if and (eq .name \"Ann\") (gt (len .list) 2)}}both{{end}} => both"
            })
    void templatesAreFilledInAsGoDoesIt(String template, String expected) {
        assertEquals(expected.replace("\\t", "\t"), rendered(template));
    }

    @Test
    void spaceBesideTrimMarksIsDropped() {
        assertEquals("a3b", rendered("a \n {{- 3 -}} \n b"));
        assertEquals("a -3 b", rendered("a {{-3}} b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            value = {
                "{{.name.first}} => template: template:1:2: executing \"template\" at"
                        + " <.name.first>: can't evaluate field first in type string",
                "{{.none.x}} => template: template:1:2: executing \"template\" at <.none.x>: nil"
                        + " pointer evaluating interface {}.x",
                "{{range .name}}{{end}} => template: template:1:8: executing \"template\" at"
                        + " <.name>: range can't iterate over Ann",
                "{{index .list 3}} => template: template:1:2: executing \"template\" at <index>:"
                        + " error calling index: index out of range: 3",
                "{{eq .name 1}} => template: template:1:2: executing \"template\" at <eq>: error"
                        + " calling eq: incompatible types for comparison",
                "{{lt .list 1}} => template: template:1:2: executing \"template\" at <lt>: error"
                        + " calling comparison: invalid type for comparison",
                "{{.name 1}} => template: template:1:2: executing \"template\" at <.name>: can't"
                        + " give argument to non-function .name",
                "{{nil}} => template: template:1:2: executing \"template\" at <nil>: nil is not a"
                        + " command",
                "{{template \"x\"}} => template: template:1:2: executing \"template\" at"
                        + " <{{template \"x\"}}>: template \"x\" not defined",
                "{{len 3}} => template: template:1:2: executing \"template\" at <len>: error"
                        + " calling len: len of type int",
                "{{.name | | len}} => template: template:1: missing value for command",
                "{{what}} => template: template:1: function \"what\" not defined",
                "{{$x}} => template: template:1: undefined variable \"$x\"",
                "{{if .yes}} => template: template:1: unexpected EOF",
                "{{end}} => template: template:1: unexpected {{end}}",
                "{{break}} => template: template:1: {{break}} outside {{range}}",
                "{{.name => template: template:1: unclosed action",
                "{{\"a}} => template: template:1: unterminated quoted string",
                "{{(1}} => template: template:1: unclosed left paren",
                "{{}} => template: template:1: missing value for command",
                "{{if}}{{end}} => template: template:1: missing value for if",
                "{{1 | 2}} => template: template:1: non executable command in pipeline stage 2"
            })
    void whatCannotBeDoneIsAFaultWithItsPlace(String template, String expected) {
        assertEquals(expected, fault(template));
    }

    @Test
    void variablesEndWithTheirBlock() {
        assertEquals(
                "template: template:1: undefined variable \"$x\"",
                fault("{{if .yes}}{{$x := 1}}{{end}}{{$x}}"));
    }

    @Test
    void whatJsonCannotSayIsNoVariable() {
        assertTrue(
                calls.fault(
                                "strings.render_template",
                                Calls.text("a"),
                                new ObjectValue.Builder().put("s", SetValue.EMPTY).build())
                        .startsWith("invalid template variables"));
    }

    @Test
    void deepNestingIsRefused() {
        assertTrue(fault("{{if 1}}".repeat(1_000)).contains("nested deeper than"));
        assertTrue(
                fault("{{" + "(".repeat(1_000) + "1" + ")".repeat(1_000) + "}}")
                        .contains("nested deeper than"));
    }

    @Test
    void templatesWithoutEndAreStopped() {
        assertTrue(
                fault("{{define \"t\"}}{{template \"t\"}}{{end}}{{template \"t\"}}")
                        .contains("exceeded maximum template depth"));
        assertThrows(IllegalStateException.class, () -> rendered("{{range 1000000000}}a{{end}}"));
    }
}
