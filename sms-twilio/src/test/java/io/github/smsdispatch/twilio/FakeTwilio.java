package io.github.smsdispatch.twilio;

import io.github.smsdispatch.http.Form;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A real server on the loopback interface that answers what it is told to, one answer a request. */
final class FakeTwilio implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();

    FakeTwilio() throws IOException {
        server.start(InetAddress.getLoopbackAddress(), 0);
    }

    TwilioProvider provider(String... keysAndValues) {
        var settings =
                new HashMap<String, String>(Map.of("base-url", server.url("/").toString()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return Accounts.provider(settings);
    }

    FakeTwilio answers(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
        return this;
    }

    FakeTwilio answers(int status, String body, String header, String value) {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader(header, value)
                .body(body)
                .build());
        return this;
    }

    int requests() {
        return server.getRequestCount();
    }

    RecordedRequest taken() throws InterruptedException {
        return server.takeRequest();
    }

    Form takenForm() throws InterruptedException {
        return Form.decode(taken().getBody().utf8());
    }

    @Override
    public void close() {
        server.close();
    }
}
