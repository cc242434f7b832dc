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
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** JSON, signed with its time. */
final class GatewayWebhooks {
    static final String SIGNATURE = "X-Signature";
    static final String TIME = "X-Time";

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
