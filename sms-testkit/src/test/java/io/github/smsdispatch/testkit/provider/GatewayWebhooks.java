package io.github.smsdispatch.testkit.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** JSON, signed with its time. */
final class GatewayWebhooks {
    static final String SIGNATURE = "X-Signature";
    static final String TIME = "X-Time";
    static final String FIELD = "sig";

    private final ProviderAccount account;
    private final String key;
    private final Set<Flaw> flaws;

    GatewayWebhooks(ProviderAccount account, String key, Set<Flaw> flaws) {
        this.account = account;
        this.key = key;
        this.flaws = flaws;
    }

    static String sign(String key, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(time.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    WebhookVerdict parse(WebhookRequest request) {
        if (request.body().length > 64 * 1024) {
            return WebhookVerdict.refused(413, "too large");
        }
        if (request.header("Content-Type").orElse("").startsWith("application/x-www-form-urlencoded")) {
            return parseForm(request.bodyText());
        }
        String time = request.header(TIME).orElse("");
        byte[] expected = sign(key, time, request.body()).getBytes(StandardCharsets.UTF_8);
        byte[] given = request.header(SIGNATURE).orElse("").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, given) && !flaws.contains(Flaw.BELIEVES_ANY_SIGNATURE)) {
            return WebhookVerdict.refused(403, "not signed");
        }
        if (!isRecent(time) && !flaws.contains(Flaw.IGNORES_THE_AGE_OF_A_SIGNATURE)) {
            return WebhookVerdict.refused(403, "too old");
        }
        try {
            return read(new JsonMapper().readTree(request.bodyText()));
        } catch (JsonProcessingException e) {
            return WebhookVerdict.refused(400, "no JSON");
        }
    }

    /** A receipt whose signature, in a field of its own, covers the others. */
    private WebhookVerdict parseForm(String form) {
        var first = new HashMap<String, String>();
        var last = new TreeMap<String, String>();
        for (String field : form.split("&", 100)) {
            String[] parts = field.split("=", 2);
            String value = parts.length == 2 ? parts[1] : "";
            boolean isSecond = first.putIfAbsent(parts[0], value) != null;
            last.put(parts[0], value);
            if (isSecond && !flaws.contains(Flaw.CHECKS_ONE_PARAMETER_AND_READS_ANOTHER)) {
                return WebhookVerdict.refused(400, "two fields of one name");
            }
        }
        String given = last.remove(FIELD);
        boolean isUnsigned = given == null && flaws.contains(Flaw.BELIEVES_AN_UNSIGNED_FORM);
        byte[] expected = signature(key, last).getBytes(StandardCharsets.UTF_8);
        if (!isUnsigned
                && !flaws.contains(Flaw.BELIEVES_ANY_SIGNATURE)
                && !MessageDigest.isEqual(expected, String.valueOf(given).getBytes(StandardCharsets.UTF_8))) {
            return WebhookVerdict.refused(403, "not signed");
        }
        return read(new JsonMapper().valueToTree(Map.of("id", first.getOrDefault("id", ""))));
    }

    static String signature(String key, Map<String, String> fields) {
        return sign(key, "", new TreeMap<>(fields).toString().getBytes(StandardCharsets.UTF_8));
    }

    private WebhookVerdict read(JsonNode body) {
        String id = body.path("id").asText();
        if (id.isBlank()) {
            return WebhookVerdict.refused(400, "no id");
        }
        if (body.has("text")) {
            return WebhookVerdict.of(List.of(new InboundText(
                    account,
                    id,
                    body.path("from").asText(),
                    body.path("to").asText(),
                    body.path("text").asText(),
                    null,
                    null)));
        }
        return WebhookVerdict.of(
                List.of(new Receipt(account, id, null, ReceiptState.DELIVERED, "delivered", null, null)));
    }

    private static boolean isRecent(String time) {
        try {
            return Duration.between(Instant.parse(time), Instant.now()).abs().compareTo(Duration.ofMinutes(5)) < 0;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
