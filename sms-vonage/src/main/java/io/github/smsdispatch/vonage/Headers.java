package io.github.smsdispatch.vonage;

import io.github.smsdispatch.http.HttpSettings;
import java.util.Map;

/** Headers of requests to Vonage, credentials included. */
final class Headers {
    private Headers() {}

    /** API key and secret: the SMS API, the Reports API, and the Messages API where no application is configured. */
    static Map<String, String> basic(VonageSettings settings) {
        return with(HttpSettings.basicAuth(settings.apiKey, settings.apiSecret));
    }

    /** A token of the application: the Messages API and Identity Insights. */
    static Map<String, String> bearer(ApplicationToken token) {
        return with("Bearer " + token.current());
    }

    private static Map<String, String> with(String authorization) {
        return Map.of("Authorization", authorization, "Accept", "application/json", "User-Agent", "sms-dispatch");
    }
}
