package io.github.smsdispatch.googleverify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.http.ExchangeRequest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The requests of the admin API (docs/api.md, pkg/api/api.go). A field that is not asked for is left out, because an
 * older server refuses a request with a field that it does not know (pkg/controller/json_bind.go). Thread-safe.
 */
final class GoogleVerifyRequests {
    private static final String JSON = "application/json";

    /** Padding hides the size of a request; docs/api.md recommends a random length. */
    private static final int MAX_PADDING_BYTES = 1_024;

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Random, so that nothing on the way compresses it; the same for all requests, because its length is what counts. */
    private static final String PADDING = padding();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String baseUrl;
    private final Map<String, String> headers;

    GoogleVerifyRequests(GoogleVerifySettings settings) {
        this.baseUrl = settings.baseUrl;
        this.headers = Map.of("X-API-Key", settings.apiKey, "Accept", JSON, "User-Agent", "sms-dispatch");
    }

    /** Issues one code, and has it sent. */
    ExchangeRequest issue(CodeOrder order) {
        return post("/api/issue", body(order));
    }

    /** Issues up to ten codes, and has them sent. */
    ExchangeRequest batchIssue(List<CodeOrder> orders) {
        ArrayNode codes = NODES.arrayNode();
        orders.forEach(order -> codes.add(body(order)));
        return post("/api/batch-issue", NODES.objectNode().set("codes", codes));
    }

    /** Issues one code, and has its text in the answer instead of sent. */
    ExchangeRequest generate(CodeOrder order) {
        return post("/api/issue", body(order).put("onlyGenerateSMS", true));
    }

    /** Asks what became of a code. */
    ExchangeRequest checkCodeStatus(UUID uuid) {
        return post("/api/checkcodestatus", NODES.objectNode().put("uuid", uuid.toString()));
    }

    /** Makes an unclaimed code useless. */
    ExchangeRequest expireCode(UUID uuid) {
        return post("/api/expirecode", NODES.objectNode().put("uuid", uuid.toString()));
    }

    private static ObjectNode body(CodeOrder order) {
        CodeRequest request = order.request();
        ObjectNode body = NODES.objectNode()
                .put("testType", request.testType().word())
                .put("phone", order.phone().e164())
                .put("uuid", order.uuid().toString());
        request.symptomDate().ifPresent(date -> body.put("symptomDate", date.toString()));
        request.testDate().ifPresent(date -> body.put("testDate", date.toString()));
        request.tzOffset().ifPresent(minutes -> body.put("tzOffset", minutes));
        request.smsTemplate().ifPresent(label -> body.put("smsTemplateLabel", label));
        request.externalIssuerId().ifPresent(id -> body.put("externalIssuerID", id));
        return body;
    }

    private ExchangeRequest post(String path, ObjectNode body) {
        // Cut where four characters stand for three bytes.
        body.put("padding", PADDING.substring(0, 4 * (1 + RANDOM.nextInt(PADDING.length() / 4))));
        return ExchangeRequest.post(baseUrl + path, headers, JSON, body.toString());
    }

    private static String padding() {
        var bytes = new byte[MAX_PADDING_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
