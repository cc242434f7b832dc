package io.github.smsdispatch.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.ExchangeRequest;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.spi.RecipientFinding;
import io.github.smsdispatch.spi.RecipientFinding.Line;
import io.github.smsdispatch.spi.RecipientFinding.Reach;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks Identity Insights about a number: its form, the network it was given out by, and the one it is in now (OpenAPI
 * document 1.0.0, read 2026-11). Number Insight, which it follows, ends on 2027-02-04.
 *
 * <p>Only a form that cannot be, and a number given out by a landline network that no mobile network has taken over,
 * count against a number. Every other trouble is Vonage's and leaves the number unknown.
 */
final class IdentityInsights {
    /** Values of {@code network_type}; clients must expect others. */
    private static final Map<String, Line> LINES = Map.of(
            "MOBILE", Line.MOBILE,
            "LANDLINE", Line.LANDLINE,
            "VIRTUAL", Line.VOIP,
            "TOLLFREE", Line.OTHER,
            "PREMIUM", Line.OTHER);

    private static final String BAD_FORM = "INVALID_NUMBER_FORMAT";
    private static final int MAX_NAME = 100;

    private final String url;
    private final ApplicationToken token;
    private final ProviderHttp http;

    IdentityInsights(VonageSettings settings, ApplicationToken token, ProviderHttp http) {
        this.url = settings.insightsBaseUrl + "/identity-insights/v1/requests";
        this.token = token;
        this.http = http;
    }

    RecipientFinding check(PhoneNumber number) {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("phone_number", number.digits());
        ObjectNode insights = request.putObject("insights");
        insights.putObject("format");
        insights.putObject("original_carrier");
        insights.putObject("current_carrier");
        return finding(http.exchange(
                ExchangeRequest.post(url, Headers.bearer(token), "application/json", request.toString())));
    }

    /** What came of asking. */
    static RecipientFinding finding(ExchangeResult result) {
        if (result instanceof ExchangeResult.Answered answer && answer.isSuccess()) {
            return finding(Json.read(answer.body()).path("insights"));
        }
        return Outcomes.ofCheck(result);
    }

    private static RecipientFinding finding(JsonNode insights) {
        JsonNode format = insights.path("format");
        JsonNode original = insights.path("original_carrier");
        JsonNode current = insights.path("current_carrier");
        boolean isBad = format.path("is_format_valid").isBoolean()
                && !format.path("is_format_valid").asBoolean();
        if (isBad || BAD_FORM.equals(status(format))) {
            return new RecipientFinding(
                    Reach.IMPOSSIBLE, Line.UNKNOWN, null, null, BAD_FORM, "no number of that form is given out", null);
        }
        Line now = line(current);
        Line line = now == Line.UNKNOWN ? line(original) : now;
        @Nullable String network = Json.text(current, "network_code");
        return new RecipientFinding(
                reach(line),
                line,
                carrier(current),
                network != null && network.matches("[0-9]{5,6}") ? network : null,
                trouble(format, original, current),
                detail(line),
                null);
    }

    private static Line line(JsonNode carrier) {
        return "OK".equals(status(carrier))
                ? LINES.getOrDefault(Objects.requireNonNullElse(Json.text(carrier, "network_type"), ""), Line.UNKNOWN)
                : Line.UNKNOWN;
    }

    private static Reach reach(Line line) {
        return switch (line) {
            case MOBILE -> Reach.POSSIBLE;
            case LANDLINE -> Reach.IMPOSSIBLE;
            case VOIP, OTHER, UNKNOWN -> Reach.UNKNOWN;
        };
    }

    private static String detail(Line line) {
        return switch (line) {
            case MOBILE -> "a mobile number";
            case LANDLINE -> "a landline, and no mobile network has taken it over";
            case VOIP, OTHER -> "whether such a line gets texts is not told";
            case UNKNOWN -> "what kind of line it is is not told";
        };
    }

    private static @Nullable String carrier(JsonNode current) {
        @Nullable String name = Json.text(current, "name");
        return name == null || name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
    }

    /** The first code that is not OK; null where all are. */
    private static @Nullable String trouble(JsonNode... insights) {
        for (JsonNode insight : insights) {
            @Nullable String code = status(insight);
            if (!"OK".equals(code)) {
                return code == null ? "200" : CodeBook.showable(code);
            }
        }
        return null;
    }

    private static @Nullable String status(JsonNode insight) {
        return Json.text(insight.path("status"), "code");
    }
}
