package io.github.smsdispatch.testkit.carrier.twilio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.CarrierState;
import io.github.smsdispatch.testkit.carrier.TwilioCredentials;
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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Twilio's Programmable Messaging, API version 2010-04-01 (twilio-oai of 2026-04-14; error dictionary). */
public final class TwilioDialect implements Dialect {
    public static final String PROVIDER = "twilio";

    private static final Pattern PATH = Pattern.compile("/2010-04-01/Accounts/([^/]+)/Messages(?:/([^/]+))?\\.json");
    private static final DateTimeFormatter DONE_DATE =
            DateTimeFormatter.ofPattern("yyMMddHHmm").withZone(ZoneOffset.UTC);

    private final TwilioCredentials credentials;
    private final CarrierBooks books;
    private final TwilioSubmissions submissions;
    private final TwilioMessages messages;
    private final TwilioInbound inbound;
    private final TwilioWebhooks webhooks;

    public TwilioDialect(TwilioCredentials credentials, CarrierBooks books) {
        this.credentials = credentials;
        this.books = books;
        this.submissions = new TwilioSubmissions(books);
        this.messages = new TwilioMessages(credentials.accountSid(), books);
        this.inbound = new TwilioInbound(credentials.accountSid(), books);
        this.webhooks = new TwilioWebhooks(credentials.authToken());
    }

    @Override
    public String provider() {
        return PROVIDER;
    }

    @Override
    public boolean speaks(HttpCall call) {
        return call.path().startsWith("/2010-04-01/");
    }

    @Override
    public Reading read(HttpCall call) {
        Matcher path = PATH.matcher(call.path());
        if (!path.matches()) {
            return notFound(call);
        }
        if (!path.group(1).equals(credentials.accountSid())) {
            return notFound(call);
        }
        if (!call.isFrom(credentials.accountSid(), credentials.authToken())) {
            return refused(401, 20003, "Authenticate");
        }
        String sid = path.group(2);
        if (call.method().equals("POST") && sid == null) {
            return submissions.read(call.formParameters());
        }
        if (!call.method().equals("GET")) {
            return refused(405, 20004, "Method not allowed");
        }
        if (sid == null) {
            return Reading.answered(messages.list(call));
        }
        CarrierMessage found = books.find(sid);
        return found == null ? notFound(call) : Reading.answered(HttpAnswer.json(200, messages.render(found)));
    }

    @Override
    public List<String> newIds(Draft draft, RandomGenerator random) {
        return List.of(newId(random));
    }

    private static String newId(RandomGenerator random) {
        return "SM%016x%016x".formatted(random.nextLong(), random.nextLong());
    }

    @Override
    public HttpAnswer answer(HttpCall call, List<Decision> decisions) {
        var only = (CarrierMessage) decisions.get(0); // a request holds one message, and read declines none
        return HttpAnswer.json(201, messages.renderAsCreated(only));
    }

    @Override
    public HttpAnswer throttled() {
        return error(429, 20429, "Too Many Requests");
    }

    @Override
    public HttpAnswer unavailable() {
        return error(503, 20503, "Service Unavailable");
    }

    @Override
    public HttpAnswer failed() {
        return error(500, 20500, "An internal server error has occurred");
    }

    @Override
    public List<String> undeliveredCodes() {
        return List.of("30003", "30005", "30006", "30007", "30008");
    }

    @Override
    public @Nullable String expiredCode() {
        return "30036";
    }

    /** One form post, whatever the number of segments (Twilio docs, "Track outbound message status", read 2026-11). */
    @Override
    public List<WebhookRequest> receipts(CarrierMessage message, Life.Step step, URI to) {
        var form = new LinkedHashMap<String, String>();
        String status = TwilioMessages.word(message, step);
        form.put("AccountSid", credentials.accountSid());
        form.put("ApiVersion", "2010-04-01");
        form.put("From", TwilioMessages.visibleSender(message));
        form.put("To", message.draft().recipient());
        form.put("MessageSid", message.id());
        form.put("MessageStatus", status);
        form.put("SmsSid", message.id());
        form.put("SmsStatus", status);
        if (message.draft().service() != null) {
            form.put("MessagingServiceSid", message.draft().service());
        }
        if (step.errorCode() != null) {
            form.put("ErrorCode", step.errorCode());
        }
        if (step.state() == CarrierState.DELIVERED || step.state() == CarrierState.UNDELIVERED) {
            form.put("RawDlrDoneDate", DONE_DATE.format(step.at()));
        }
        return List.of(webhooks.post(to, form));
    }

    @Override
    public List<WebhookRequest> inboundText(InboundText text, RandomGenerator random, URI to) {
        return List.of(webhooks.post(to, inbound.form(text, newId(random))));
    }

    private static Reading notFound(HttpCall call) {
        return refused(404, 20404, "The requested resource " + call.path() + " was not found");
    }

    static Reading refused(int status, int code, String message) {
        return Reading.refused(PROVIDER + " " + code, error(status, code, message));
    }

    private static HttpAnswer error(int status, int code, String message) {
        ObjectNode body = Json.object()
                .put("code", code)
                .put("message", message)
                .put("more_info", "https://www.twilio.com/docs/errors/" + code)
                .put("status", status);
        return HttpAnswer.json(status, body);
    }
}
