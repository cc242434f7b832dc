package io.github.smsdispatch.testkit.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Makes an answer repeat number and text, in all fields where APIs do that and which it does not have yet. */
final class Talkative {
    private static final JsonMapper JSON = new JsonMapper();

    private static final List<String> FIELDS = List.of(
            "to",
            "number",
            "phoneNumber",
            "recipient",
            "text",
            "body",
            "message",
            "description",
            "detail",
            "error_text");

    private Talkative() {}

    /** The answer itself where it is no JSON. */
    static ApiReply made(ApiReply reply, String words) {
        try {
            JsonNode tree = JSON.readTree(reply.body());
            addTo(tree, words);
            return new ApiReply(reply.status(), reply.contentType(), tree.toString());
        } catch (JsonProcessingException e) {
            return reply;
        }
    }

    private static void addTo(JsonNode node, String words) {
        node.forEach(child -> addTo(child, words));
        if (node instanceof ObjectNode object) {
            for (String field : FIELDS) {
                if (!object.has(field)) {
                    object.put(field, words);
                }
            }
        }
    }
}
