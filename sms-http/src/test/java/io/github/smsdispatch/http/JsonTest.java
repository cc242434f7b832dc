package io.github.smsdispatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "<html>", "{", "{\"a\":1", "{\"a\":1} {}", "{'a':1}", "nul"})
    void whatIsNoJsonIsMissing(String document) {
        assertThat(Json.read(document).isMissingNode()).isTrue();
    }

    @Test
    void nestingBeyondTheBoundIsMissing() {
        assertThat(Json.read("[".repeat(10_000)).isMissingNode()).isTrue();
        assertThat(Json.read("[".repeat(33) + "]".repeat(33)).isMissingNode()).isTrue();
        assertThat(Json.read("[".repeat(32) + "]".repeat(32)).isArray()).isTrue();
    }

    @Test
    void numbersStringsAndBooleansAreText() {
        JsonNode node = Json.read("{\"number\":21211,\"text\":\"21211\",\"flag\":true}");

        assertThat(Json.text(node, "number")).isEqualTo("21211");
        assertThat(Json.text(node, "text")).isEqualTo("21211");
        assertThat(Json.text(node, "flag")).isEqualTo("true");
    }

    @Test
    void whatIsAbsentNullBlankOrNestedIsNoText() {
        JsonNode node = Json.read("{\"null\":null,\"blank\":\" \",\"object\":{},\"array\":[1]}");

        for (String field : new String[] {"absent", "null", "blank", "object", "array"}) {
            assertThat(Json.text(node, field)).as(field).isNull();
        }
        assertThat(Json.text(Json.read("garbage"), "any")).isNull();
        assertThat(Json.text(Json.read("[1]"), "any")).isNull();
    }
}
