package io.github.smsdispatch.testkit.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What malice or a bug makes of a good answer. */
final class HostileAnswers {
    private static final JsonMapper JSON = new JsonMapper();

    /** Where a value of the tree is replaced by something that a tree cannot hold. */
    private static final String PLACE = "@@here@@";

    /** Fields that are tried; more would only take longer. */
    private static final int MOST_FIELDS = 24;

    private static final List<String> WRONG = List.of(
            "null",
            "true",
            "-1",
            "1e999999999",
            "9".repeat(60),
            "9".repeat(5_000),
            "\"\"",
            "\"\\u0000\\ud800\"",
            "\"" + "x".repeat(100_000) + "\"",
            "{}",
            "[]",
            "[[{}]]");

    private final ApiReply good;
    private final List<HostileAnswer> answers = new ArrayList<>();

    private HostileAnswers(ApiReply good) {
        this.good = good;
    }

    static List<HostileAnswer> of(ApiReply good) {
        var all = new HostileAnswers(good);
        all.ofAnyKind();
        JsonNode tree = read(good.body());
        if (tree.isContainerNode()) {
            all.truncated();
            all.twice(tree);
            all.wrongTypes(tree);
        }
        return all.answers;
    }

    private void ofAnyKind() {
        add("binary", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13}, true);
        add("zeros", new byte[1_000], true);
        add("{}", "{}", true);
        add("[]", "[]", true);
        add("null", "null", true);
        add("a word", "\"ok\"", true);
        add("a number", "1e999999999", true);
        add("deep arrays", "[".repeat(50_000), true);
        add("deep objects", "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000), true);
        add("eight megabytes", " ".repeat(8 * 1024 * 1024) + good.body(), false);
        add("a zero after the answer", good.body() + "\u0000", false);
        add("two answers", good.body() + good.body(), false);
        add("UTF-16", good.body().getBytes(StandardCharsets.UTF_16), false);
        add("no UTF-8", (good.body() + "\u00ff").getBytes(StandardCharsets.ISO_8859_1), false);
        for (String type : List.of("text/html; charset=no-such-charset", "*/;;=", "application/xml")) {
            answers.add(new HostileAnswer(type, type, good.body().getBytes(StandardCharsets.UTF_8), false));
        }
    }

    private void truncated() {
        String body = good.body().strip();
        for (int eighth = 1; eighth < 8; eighth++) {
            add("cut after " + eighth + " eighths", body.substring(0, Math.max(1, body.length() * eighth / 8)), true);
        }
        add("cut before its end", body.substring(0, body.length() - 1), true);
    }

    private void twice(JsonNode tree) {
        String body = tree.toString();
        if (tree.isObject() && tree.size() > 0) {
            String inner = body.substring(1, body.length() - 1);
            add("each field twice", "{" + inner + "," + inner + "}", false);
        }
    }

    private void wrongTypes(JsonNode tree) {
        var paths = new ArrayList<String>();
        collect(tree, "", paths);
        for (String path : paths.subList(0, Math.min(MOST_FIELDS, paths.size()))) {
            String template = with(tree.deepCopy(), path);
            for (String wrong : WRONG) {
                String name = path + " is " + (wrong.length() > 20 ? wrong.length() + " characters" : wrong);
                add(name, template.replace("\"" + PLACE + "\"", wrong), false);
            }
        }
    }

    private static void collect(JsonNode node, String path, List<String> paths) {
        if (!path.isEmpty()) {
            paths.add(path);
        }
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                collect(field.getValue(), path + "/" + field.getKey(), paths);
            }
        } else if (node.isArray() && !node.isEmpty()) {
            collect(node.get(0), path + "/0", paths);
        }
    }

    private static String with(JsonNode tree, String path) {
        int last = path.lastIndexOf('/');
        JsonNode parent = tree.at(path.substring(0, last));
        if (parent instanceof ObjectNode object) {
            object.put(path.substring(last + 1), PLACE);
        } else if (parent instanceof ArrayNode array) {
            array.set(0, PLACE);
        }
        return tree.toString();
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance(); // the API does not speak JSON
        }
    }

    private void add(String name, String body, boolean unreadable) {
        add(name, body.getBytes(StandardCharsets.UTF_8), unreadable);
    }

    private void add(String name, byte[] body, boolean unreadable) {
        answers.add(new HostileAnswer(name, good.contentType(), body, unreadable));
    }
}
