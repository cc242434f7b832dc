package io.github.smsdispatch.testkit.carrier.infobip;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.InfobipCredentials;
import io.github.smsdispatch.testkit.carrier.wire.CarrierBooks;
import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import io.github.smsdispatch.testkit.carrier.wire.Decision;
import io.github.smsdispatch.testkit.carrier.wire.Declined;
import io.github.smsdispatch.testkit.carrier.wire.Dialect;
import io.github.smsdispatch.testkit.carrier.wire.Draft;
import io.github.smsdispatch.testkit.carrier.wire.HttpAnswer;
import io.github.smsdispatch.testkit.carrier.wire.HttpCall;
import io.github.smsdispatch.testkit.carrier.wire.InboundText;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import io.github.smsdispatch.testkit.carrier.wire.Life;
import io.github.smsdispatch.testkit.carrier.wire.Reading;
import io.github.smsdispatch.testkit.carrier.wire.WebhookRequest;
import java.net.URI;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Infobip's SMS API, version 3: {@code POST /sms/3/messages} and {@code GET /sms/3/logs}, and its number look-up
 * {@code POST /number/1/query} (OpenAPI documents of the SMS API 3.210.0 and of the number look-up). How long Infobip
 * remembers ids is not documented; here it never forgets one.
 */
public final class InfobipDialect implements Dialect {
    public static final String PROVIDER = "infobip";

    private static final String SUBMIT = "/sms/3/messages";
    private static final String LOGS = "/sms/3/logs";
    private static final String NUMBERS = "/number/1/query";

    private final InfobipCredentials credentials;
    private final InfobipSubmissions submissions;
    private final InfobipLogs logs;
    private final InfobipWebhooks webhooks;

    public InfobipDialect(InfobipCredentials credentials, CarrierBooks books) {
        this.credentials = credentials;
        this.submissions = new InfobipSubmissions(books);
        this.logs = new InfobipLogs(books);
        this.webhooks = new InfobipWebhooks(books);
    }

    @Override
    public String provider() {
        return PROVIDER;
    }

    @Override
    public boolean speaks(HttpCall call) {
        return call.path().equals(SUBMIT)
                || call.path().equals(LOGS)
                || call.path().equals(NUMBERS);
    }

    @Override
    public Reading read(HttpCall call) {
        if (!("App " + credentials.apiKey()).equals(call.header("authorization"))) {
            return InfobipErrors.refused(401, "The request lacks valid authentication credentials.");
        }
        boolean isRead = call.path().equals(LOGS);
        if (!call.method().equals(isRead ? "GET" : "POST")) {
            return InfobipErrors.refused(405, "Method not allowed.");
        }
        if (isRead) {
            return logs.read(call);
        }
        return call.path().equals(SUBMIT) ? submissions.read(call) : InfobipNumbers.read(call);
    }

    @Override
    public boolean isLookup(HttpCall call) {
        return !call.path().equals(SUBMIT);
    }

    /** As they are where the sender chose none: 22 digits. */
    @Override
    public List<String> newIds(Draft draft, RandomGenerator random) {
        return List.of("%011d%011d".formatted(random.nextLong(100_000_000_000L), random.nextLong(100_000_000_000L)));
    }

    @Override
    public HttpAnswer answer(HttpCall call, List<Decision> decisions) {
        boolean counted = Json.parse(call.body())
                .path("options")
                .path("includeSmsCountInResponse")
                .asBoolean();
        ObjectNode body = Json.object();
        ArrayNode messages = body.putArray("messages");
        for (Decision decision : decisions) {
            CarrierMessage accepted = decision.fold(message -> message, declined -> null);
            messages.add(decision.fold(message -> accepted(message, counted), Declined::answer));
            if (accepted != null) {
                body.put("bulkId", accepted.draft().details().get(InfobipSubmissions.BULK));
            }
        }
        return HttpAnswer.json(200, body);
    }

    private static ObjectNode accepted(CarrierMessage message, boolean counted) {
        ObjectNode item = InfobipSubmissions.item(
                message.id(), message.draft().recipient().substring(1), InfobipStatuses.ACCEPTED.json());
        if (counted) {
            item.putObject("details").put("messageCount", message.draft().segments());
        }
        return item;
    }

    @Override
    public Declined alreadyKnown(Draft draft, CarrierMessage first) {
        return InfobipSubmissions.declined(
                first.id(), draft.recipient().substring(1), InfobipStatuses.REJECTED_DUPLICATE_MESSAGE_ID);
    }

    @Override
    public HttpAnswer throttled() {
        return InfobipErrors.answer(429, "Too many requests.");
    }

    @Override
    public HttpAnswer unavailable() {
        return HttpAnswer.html(503, "Service Unavailable");
    }

    @Override
    public HttpAnswer failed() {
        return InfobipErrors.answer(500, "Something went wrong. Contact support.");
    }

    /** Unknown, illegal and absent subscribers, busy, memory full, on a blocklist (Infobip docs, error codes). */
    @Override
    public List<String> undeliveredCodes() {
        return List.of("1", "9", "6", "27", "31", "256", "2052");
    }

    @Override
    public @Nullable String expiredCode() {
        return "4101";
    }

    /** Final ones only, unless the sender asked for all. */
    @Override
    public List<WebhookRequest> receipts(CarrierMessage message, Life.Step step, URI to) {
        boolean wanted = InfobipStatuses.of(step).isFinal()
                || message.draft().details().containsKey(InfobipSubmissions.INTERMEDIATE);
        return wanted ? List.of(webhooks.report(message, step, to)) : List.of();
    }

    @Override
    public List<WebhookRequest> inboundText(InboundText text, RandomGenerator random, URI to) {
        return List.of(webhooks.text(text, random, to));
    }
}
