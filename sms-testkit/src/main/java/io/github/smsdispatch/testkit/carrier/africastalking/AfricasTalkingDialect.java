package io.github.smsdispatch.testkit.carrier.africastalking;

import io.github.smsdispatch.testkit.carrier.AfricasTalkingCredentials;
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
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The form version of the bulk SMS API of Africa's Talking
 * (https://developers.africastalking.com/docs/sms/sending/bulk, read 2026-11). What a sender cannot do there cannot be
 * done here: a GET of the same path shows the inbox, never what became of a message.
 */
public final class AfricasTalkingDialect implements Dialect {
    public static final String PROVIDER = "africastalking";

    private static final String DELIVERY_FAILURE = "DeliveryFailure";

    private static final String MESSAGING = "/version1/messaging";

    private final AfricasTalkingCredentials credentials;
    private final AfricasTalkingSubmissions submissions;
    private final AfricasTalkingCallbacks callbacks;

    public AfricasTalkingDialect(AfricasTalkingCredentials credentials, CarrierBooks books) {
        this.credentials = credentials;
        this.submissions = new AfricasTalkingSubmissions(credentials.unknownSenders(), books);
        this.callbacks = new AfricasTalkingCallbacks(books);
    }

    @Override
    public String provider() {
        return PROVIDER;
    }

    @Override
    public boolean speaks(HttpCall call) {
        return call.path().startsWith("/version1/");
    }

    @Override
    public Reading read(HttpCall call) {
        if (!call.path().equals(MESSAGING)) {
            return refused(404, "The requested resource could not be found.");
        }
        boolean isInbox = call.method().equals("GET");
        if (!isInbox && !call.method().equals("POST")) {
            return refused(405, "HTTP method not allowed, supported methods: GET, POST");
        }
        String username = (isInbox ? call.queryParameters() : call.formParameters()).get("username");
        if (username == null) {
            return missing("username");
        }
        if (!credentials.apiKey().equals(call.header("apikey"))
                || !credentials.username().equals(username)) {
            return Reading.refused(
                    PROVIDER + " 401",
                    HttpAnswer.plain(401, "The supplied authentication is invalid")
                            .withHeader("WWW-Authenticate", "Basic"));
        }
        return isInbox ? Reading.answered(emptyInbox()) : submissions.read(call.formParameters());
    }

    /** A text that was sent is not to be found here, and what phones send is pushed. */
    private static HttpAnswer emptyInbox() {
        var body = Json.object();
        body.putObject("SMSMessageData").putArray("Messages");
        return HttpAnswer.json(200, body);
    }

    @Override
    public List<String> newIds(Draft draft, RandomGenerator random) {
        return List.of("ATXid_%016x%016x".formatted(random.nextLong(), random.nextLong()));
    }

    @Override
    public HttpAnswer answer(HttpCall call, List<Decision> decisions) {
        return submissions.answer(call, decisions);
    }

    /** Not documented; what a gateway says. */
    @Override
    public HttpAnswer throttled() {
        return HttpAnswer.plain(429, "Too Many Requests");
    }

    @Override
    public HttpAnswer unavailable() {
        return HttpAnswer.plain(503, "The server is currently unavailable (because it is overloaded or down).");
    }

    @Override
    public HttpAnswer failed() {
        return HttpAnswer.plain(500, "There was an internal server error.");
    }

    @Override
    public List<String> undeliveredCodes() {
        return List.of(
                "UserIsInactive",
                "UserAccountSuspended",
                "UserDoesNotExist",
                "NotNetworkSubcriber", // spelt so by Africa's Talking
                DELIVERY_FAILURE);
    }

    @Override
    public String expiredCode() {
        return DELIVERY_FAILURE;
    }

    @Override
    public List<WebhookRequest> receipts(CarrierMessage message, Life.Step step, URI to) {
        return List.of(callbacks.deliveryReport(message, step, to));
    }

    @Override
    public List<WebhookRequest> inboundText(InboundText text, RandomGenerator random, URI to) {
        return List.of(callbacks.incomingMessage(text, random, to));
    }

    @Override
    public List<WebhookRequest> optOutNotice(String recipient, String sender, URI to) {
        return List.of(callbacks.optOut(recipient, sender, to));
    }

    /** In the words of the server software that answers there. */
    static Reading missing(String parameter) {
        return refused(400, "Request is missing required form field '" + parameter + "'");
    }

    private static Reading refused(int status, String text) {
        return Reading.refused(PROVIDER + " " + status, HttpAnswer.plain(status, text));
    }
}
