package io.github.smsdispatch.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.CodeTable;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.spi.RecipientFinding;
import io.github.smsdispatch.spi.RecipientFinding.Line;
import io.github.smsdispatch.spi.RecipientFinding.Reach;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks Lookup v2 about a number (https://www.twilio.com/docs/lookup/v2-api, read 2026-11). The free answer says whether a
 * number lies in a range that can be given out; the paid package line_type_intelligence adds the kind of line. A package
 * may fail within an answer that is otherwise fine, which says nothing against the number.
 */
final class TwilioNumbers {
    private final CodeBook codes;
    private final TwilioRequests requests;
    private final ProviderHttp http;
    private final boolean lineType;

    /**
     * @param lineType whether to pay for the kind of line
     */
    TwilioNumbers(CodeBook codes, TwilioRequests requests, ProviderHttp http, boolean lineType) {
        this.codes = codes;
        this.requests = requests;
        this.http = http;
        this.lineType = lineType;
    }

    RecipientFinding check(PhoneNumber number) {
        return finding(http.exchange(requests.lookUp(number.e164(), lineType)));
    }

    /** What came of asking. */
    RecipientFinding finding(ExchangeResult result) {
        if (!(result instanceof ExchangeResult.Answered answered) || !answered.isSuccess()) {
            return Outcomes.ofCheck(result);
        }
        JsonNode body = Json.read(answered.body());
        JsonNode valid = body.path("valid");
        if (!valid.isBoolean()) {
            return RecipientFinding.unknown(
                    String.valueOf(answered.status()), "the answer does not say whether the number is valid", null);
        }
        if (!valid.booleanValue()) {
            return invalid(body.path("validation_errors"));
        }
        return lineType
                ? ofLine(body.path("line_type_intelligence"))
                : RecipientFinding.of(Reach.POSSIBLE, Line.UNKNOWN, "valid; kind of line not asked for");
    }

    /** Invalid is Twilio's own word, unless all that it has against the number is that it does not know its range. */
    private RecipientFinding invalid(JsonNode errors) {
        List<CodeTable.Row> known = new ArrayList<>();
        boolean doubted = errors.size() > 0;
        for (JsonNode error : errors) {
            CodeTable.@Nullable Row row = codes.check(error.asText()).orElse(null);
            if (row != null) {
                known.add(row);
            }
            doubted &= row != null && row.reach() == Reach.UNKNOWN;
        }
        Reach reach = doubted ? Reach.UNKNOWN : Reach.IMPOSSIBLE;
        return known.stream()
                .filter(row -> row.reach() == reach)
                .findFirst()
                .map(row -> new RecipientFinding(
                        reach, Line.UNKNOWN, null, null, row.code(), "not valid: " + row.meaning(), null))
                .orElseGet(() -> RecipientFinding.of(reach, Line.UNKNOWN, "not valid"));
    }

    private RecipientFinding ofLine(JsonNode answer) {
        @Nullable String errorCode = Json.text(answer, "error_code");
        if (errorCode != null) {
            return RecipientFinding.unknown(
                    codes.shown(CodeTable.Kind.CHECK, errorCode),
                    codes.check(errorCode)
                            .map(row -> "kind of line not told: " + row.meaning())
                            .orElse("kind of line not told"),
                    null);
        }
        @Nullable String type = Json.text(answer, "type");
        Line line = codes.line(type);
        String detail = type == null ? "valid; kind of line not told" : "valid; kind of line as told";
        return new RecipientFinding(
                reach(line), line, Json.text(answer, "carrier_name"), networkCode(answer), null, detail, null);
    }

    /** Twilio sends nothing to a landline (error 21635); what gets to the others but phones is not documented. */
    private static Reach reach(Line line) {
        return switch (line) {
            case MOBILE, VOIP -> Reach.POSSIBLE;
            case LANDLINE -> Reach.IMPOSSIBLE;
            case OTHER, UNKNOWN -> Reach.UNKNOWN;
        };
    }

    private static @Nullable String networkCode(JsonNode answer) {
        @Nullable String country = Json.text(answer, "mobile_country_code");
        @Nullable String network = Json.text(answer, "mobile_network_code");
        if (country == null || network == null || !country.matches("[0-9]{3}") || !network.matches("[0-9]{2,3}")) {
            return null;
        }
        return country + network;
    }
}
