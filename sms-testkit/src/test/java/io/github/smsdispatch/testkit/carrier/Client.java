package io.github.smsdispatch.testkit.carrier;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.testkit.carrier.wire.Form;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a sender does, with nothing but the JDK. */
public final class Client {
    public static final TwilioCredentials TWILIO = TwilioCredentials.fake();
    public static final VonageCredentials VONAGE = VonageCredentials.fake();
    public static final String RECIPIENT = "+12025550123";
    public static final String SENDER = "+12025550199";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    public Client(CarrierSimulator carrier) {
        this.base = carrier.baseUrl();
    }

    /** Name, value, name, value. */
    public static Map<String, String> form(String... pairs) {
        var form = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            form.put(pairs[i], pairs[i + 1]);
        }
        return form;
    }

    public static Map<String, String> with(Map<String, String> form, String name, String value) {
        var changed = new LinkedHashMap<>(form);
        changed.put(name, value);
        return changed;
    }

    public HttpResponse<String> twilio(Map<String, String> form) throws IOException, InterruptedException {
        return http.send(twilioRequest(form), BodyHandlers.ofString());
    }

    public HttpResponse<String> twilio(String text) throws IOException, InterruptedException {
        return twilio(form("To", RECIPIENT, "From", SENDER, "Body", text));
    }

    public HttpResponse<String> twilio(String text, URI callback) throws IOException, InterruptedException {
        return twilio(form("To", RECIPIENT, "From", SENDER, "Body", text, "StatusCallback", callback.toString()));
    }

    public HttpRequest twilioRequest(Map<String, String> form) {
        return post(messages(), TWILIO.accountSid(), TWILIO.authToken(), form);
    }

    public HttpResponse<String> vonage(Map<String, String> form) throws IOException, InterruptedException {
        return http.send(post("/sms/json", VONAGE.apiKey(), VONAGE.apiSecret(), form), BodyHandlers.ofString());
    }

    public HttpResponse<String> vonage(String text) throws IOException, InterruptedException {
        return vonage(vonageForm(text));
    }

    public static Map<String, String> vonageForm(String text) {
        return form("to", RECIPIENT.substring(1), "from", "AcmeInc", "text", text);
    }

    public HttpResponse<String> getTwilio(String pathAndQuery) throws IOException, InterruptedException {
        return get(pathAndQuery, TWILIO.accountSid(), TWILIO.authToken());
    }

    public HttpResponse<String> getVonage(String pathAndQuery) throws IOException, InterruptedException {
        return get(pathAndQuery, VONAGE.apiKey(), VONAGE.apiSecret());
    }

    public HttpResponse<String> get(String pathAndQuery, String user, String password)
            throws IOException, InterruptedException {
        return http.send(request(pathAndQuery, user, password).GET().build(), BodyHandlers.ofString());
    }

    public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    public HttpRequest post(String path, String user, String password, Map<String, String> form) {
        return request(path, user, password)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(Form.encode(form)))
                .build();
    }

    public HttpRequest postWithoutAuth(String path, Map<String, String> form) {
        return HttpRequest.newBuilder(base.resolve(path))
                .POST(BodyPublishers.ofString(Form.encode(form)))
                .build();
    }

    public static String messages() {
        return "/2010-04-01/Accounts/" + TWILIO.accountSid() + "/Messages.json";
    }

    public static String message(String sid) {
        return "/2010-04-01/Accounts/" + TWILIO.accountSid() + "/Messages/" + sid + ".json";
    }

    public static JsonNode json(HttpResponse<String> answer) {
        return Json.parse(answer.body());
    }

    private HttpRequest.Builder request(String pathAndQuery, String user, String password) {
        String token = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(base + pathAndQuery))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Basic " + token);
    }
}
