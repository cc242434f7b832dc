package io.github.smsdispatch.testkit.carrier.vonage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.VonageApplication;
import io.github.smsdispatch.testkit.carrier.VonageCredentials;
import io.github.smsdispatch.testkit.carrier.VonageReceiptFormat;
import io.github.smsdispatch.testkit.carrier.wire.CarrierBooks;
import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import io.github.smsdispatch.testkit.carrier.wire.Decision;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Vonage's SMS API, Messages API, Identity Insights, and the synchronous part of its Reports API (OpenAPI documents SMS
 * 1.5.1, Messages 1.20.0, Identity Insights 1.0.0 and Reports 3.1.4, read 2026-11).
 */
public final class VonageDialect implements Dialect {
    public static final String PROVIDER = "vonage";

    private static final String SUBMIT = "/sms/json";
    private static final String RECORDS = "/v2/reports/records";
    private static final String MESSAGES = "/v1/messages";
    private static final String INSIGHTS = "/identity-insights/v1/requests";
    private static final Set<String> PATHS = Set.of(SUBMIT, RECORDS, MESSAGES, INSIGHTS);

    private final boolean applicationGetsTexts;
    private final CarrierBooks books;
    private final VonageSubmissions submissions;
    private final VonageMessages messages;
    private final VonageStatuses statuses;
    private final VonageInsights insights;
    private final VonageReports reports;
    private final VonageReceipts receipts;
    private final VonageInbound inbound;

    /** @param application null: the account has none, and the Messages API takes its key and secret only */
    public VonageDialect(
            VonageCredentials credentials,
            @Nullable VonageApplication application,
            VonageReceiptFormat format,
            int reportPage,
            CarrierBooks books) {
        this.applicationGetsTexts = application != null && application.getsTexts();
        this.books = books;
        var tokens = new VonageTokens(credentials, application);
        this.messages = new VonageMessages(credentials, tokens, books);
        this.statuses = new VonageStatuses(tokens);
        this.insights = new VonageInsights(tokens);
        this.submissions = new VonageSubmissions(credentials, books);
        this.reports = new VonageReports(credentials, reportPage, books);
        var webhooks = new VonageWebhooks(credentials, format, books);
        this.receipts = new VonageReceipts(webhooks);
        this.inbound = new VonageInbound(webhooks);
    }

    @Override
    public String provider() {
        return PROVIDER;
    }

    @Override
    public boolean speaks(HttpCall call) {
        return PATHS.contains(call.path());
    }

    @Override
    public Reading read(HttpCall call) {
        if (call.path().equals(SUBMIT) && call.method().equals("POST")) {
            return submissions.read(call);
        }
        if (call.path().equals(MESSAGES) && call.method().equals("POST")) {
            return messages.read(call);
        }
        if (call.path().equals(INSIGHTS) && call.method().equals("POST")) {
            return insights.read(call);
        }
        if (call.path().equals(RECORDS) && call.method().equals("GET")) {
            return reports.read(call);
        }
        return Reading.refused("vonage 405", problem(405, "method-not-allowed", "Method not allowed"));
    }

    @Override
    public boolean isLookup(HttpCall call) {
        return call.path().equals(RECORDS) || call.path().equals(INSIGHTS);
    }

    /** An id for each part: the SMS API counts, answers and reports by part; one for all in the Messages API. */
    @Override
    public List<String> newIds(Draft draft, RandomGenerator random) {
        var ids = new ArrayList<String>();
        int count = VonageMessages.sent(draft) ? 1 : draft.segments();
        for (int i = 0; i < count; i++) {
            ids.add(new UUID(random.nextLong(), random.nextLong()).toString());
        }
        return ids;
    }

    @Override
    public HttpAnswer answer(HttpCall call, List<Decision> decisions) {
        var message = (CarrierMessage) decisions.get(0); // a request holds one message, and read declines none
        if (VonageMessages.sent(message.draft())) {
            return VonageMessages.accepted(message);
        }
        ObjectNode body = Json.object()
                .put("message-count", String.valueOf(message.draft().segments()));
        ArrayNode parts = body.putArray("messages");
        for (String id : message.ids()) {
            ObjectNode part = parts.addObject()
                    .put("to", message.draft().recipient().substring(1))
                    .put("message-id", id)
                    .put("status", "0")
                    .put("remaining-balance", "15.10000000")
                    .put("message-price", "0.03330000")
                    .put("network", VonageReceipts.NETWORK);
            if (message.draft().reference() != null) {
                part.put("client-ref", message.draft().reference());
            }
        }
        for (int part = message.ids().size(); part < message.draft().segments(); part++) {
            parts.addObject().put("status", VonageParts.REFUSED).put("error-text", "Internal Error");
        }
        return HttpAnswer.json(200, body);
    }

    @Override
    public HttpAnswer throttled() {
        return VonageSubmissions.error("1", "Throughput Rate Exceeded - please wait [ 250 ] and retry");
    }

    @Override
    public HttpAnswer throttled(HttpCall call) {
        return call.path().equals(MESSAGES) ? VonageMessages.throttled() : throttled();
    }

    @Override
    public HttpAnswer unavailable() {
        return HttpAnswer.html(503, "Service Unavailable");
    }

    @Override
    public HttpAnswer failed() {
        return problem(500, "internal", "Internal Error");
    }

    /** Absent for now and for good, ported badly, busy, refused by the user, unreachable (Vonage docs, DLR error codes). */
    @Override
    public List<String> undeliveredCodes() {
        return List.of("2", "3", "5", "7", "9", "12");
    }

    /** Absent until the end: without a reason, an expiry might be Vonage's own after 72 hours of silence. */
    @Override
    public @Nullable String expiredCode() {
        return "2";
    }

    @Override
    public List<WebhookRequest> receipts(CarrierMessage message, Life.Step step, URI to) {
        if (VonageMessages.sent(message.draft())) {
            return List.of(statuses.status(message, step, to));
        }
        return message.ids().stream()
                .map(id -> receipts.request(message, id, VonageParts.stepOf(message, id, step), to))
                .toList();
    }

    @Override
    public List<WebhookRequest> inboundText(InboundText text, RandomGenerator random, URI to) {
        return applicationGetsTexts
                ? List.of(statuses.inbound(text, books.now(), random, to))
                : inbound.requests(text, random, to);
    }

    /** Vonage's words for a part's step, the same in receipts and reports; null: nothing happened yet. */
    static String word(Life.@Nullable Step step) {
        if (step == null) {
            return "submitted";
        }
        return switch (step.state()) {
            case ACCEPTED -> "submitted";
            case SENT -> "accepted";
            case DELIVERED -> "delivered";
            case UNDELIVERED -> "9".equals(step.errorCode()) ? "rejected" : "failed";
            case EXPIRED -> "expired";
        };
    }

    /** @param type its name, behind its page and # where it has one: {@code throttled}, {@code messages#1240} */
    static HttpAnswer problem(int status, String type, String title) {
        return HttpAnswer.problem(
                status,
                Json.object()
                        .put(
                                "type",
                                "https://developer.vonage.com/api-errors" + (type.contains("#") ? "/" : "#") + type)
                        .put("title", title)
                        .put("detail", title)
                        .put("instance", UUID.randomUUID().toString()));
    }
}
