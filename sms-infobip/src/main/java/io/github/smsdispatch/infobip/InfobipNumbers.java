package io.github.smsdispatch.infobip;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.ExchangeRequest;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.RecipientFinding;
import io.github.smsdispatch.spi.RecipientFinding.Line;
import io.github.smsdispatch.spi.RecipientFinding.Reach;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the network about numbers, {@code POST /number/1/query} (OpenAPI document of Infobip's number look-up, read
 * 2026-11). A product of its own that is charged for. The subscriber's identity (IMSI) and switching centre, which the
 * answer holds as well, are not read. Thread-safe.
 */
final class InfobipNumbers {
    /** The most is not documented. */
    static final int MAX_NUMBERS = 50;

    private final Function<ExchangeRequest, ExchangeResult> exchange;
    private final InfobipRequests requests;
    private final InfobipCodes codes;

    /** @param exchange asks once */
    InfobipNumbers(Function<ExchangeRequest, ExchangeResult> exchange, InfobipRequests requests, InfobipCodes codes) {
        this.exchange = exchange;
        this.requests = requests;
        this.codes = codes;
    }

    List<RecipientFinding> check(List<PhoneNumber> recipients) {
        ExchangeResult result = exchange.apply(requests.numbers(recipients));
        if (!(result instanceof ExchangeResult.Answered answer) || !answer.isSuccess()) {
            RecipientFinding unknown = Outcomes.ofCheck(result);
            return recipients.stream().map(recipient -> unknown).toList();
        }
        Map<String, JsonNode> found = new HashMap<>();
        for (JsonNode entry : Json.read(answer.body()).path("results")) {
            @Nullable String to = Json.text(entry, "to");
            if (to != null) {
                found.put(to.startsWith("+") ? to.substring(1) : to, entry);
            }
        }
        return recipients.stream()
                .map(recipient -> finding(found.get(recipient.digits())))
                .toList();
    }

    private RecipientFinding finding(@Nullable JsonNode entry) {
        if (entry == null || !entry.path("status").isObject()) {
            return RecipientFinding.unknown(null, "the answer does not say anything of this number", null);
        }
        JsonNode status = entry.path("status");
        JsonNode error = entry.path("error");
        ReceiptState state = codes.state(status);
        if (state == ReceiptState.DELIVERED) {
            return finding(entry, Reach.POSSIBLE, null, "known to its network");
        }
        @Nullable FailureReason reason = state == ReceiptState.UNDELIVERED ? codes.reason(status, error) : null;
        @Nullable String code = InfobipCodes.errorCode(error);
        return reason == FailureReason.RECIPIENT
                ? finding(entry, Reach.IMPOSSIBLE, code, "not known to any network, or not able to get texts")
                : finding(entry, Reach.UNKNOWN, code, "the network gave no clear answer");
    }

    /** The kind of line is not told. */
    private static RecipientFinding finding(JsonNode entry, Reach reach, @Nullable String code, String detail) {
        JsonNode network =
                entry.path("ported").asBoolean(false) ? entry.path("portedNetwork") : entry.path("originalNetwork");
        @Nullable String mccMnc = Json.text(entry, "mccMnc");
        return new RecipientFinding(
                reach,
                Line.UNKNOWN,
                name(network),
                mccMnc != null && mccMnc.matches("[0-9]{5,6}") ? mccMnc : null,
                CodeBook.showable(code),
                detail,
                null);
    }

    private static @Nullable String name(JsonNode network) {
        @Nullable String name = Json.text(network, "networkName");
        return name == null || name.length() > 100 ? null : name;
    }
}
