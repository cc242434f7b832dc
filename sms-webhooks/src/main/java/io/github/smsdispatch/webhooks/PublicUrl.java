package io.github.smsdispatch.webhooks;

import java.util.Locale;
import java.util.Optional;

/** The URL that a provider called, to the letter: some sign it. */
final class PublicUrl {
    private final WebhookOptions options;

    PublicUrl(WebhookOptions options) {
        this.options = options;
    }

    /** Empty where the request does not say which host it is for. */
    Optional<String> of(Call call) {
        String query = call.query() == null ? "" : "?" + call.query();
        return options.publicUrl().map(base -> base + call.pathBelow() + query).or(() -> origin(call)
                .map(origin -> origin + call.path() + query));
    }

    private Optional<String> origin(Call call) {
        if (!options.trustsForwarded()) {
            return Optional.ofNullable(call.authority()).map(host -> call.scheme() + "://" + host);
        }
        String proto = call.last("X-Forwarded-Proto").toLowerCase(Locale.ROOT);
        String scheme = proto.equals("https") || proto.equals("http") ? proto : call.scheme();
        String forwarded = call.last("X-Forwarded-Host");
        Optional<String> host = forwarded.isEmpty() ? Optional.ofNullable(call.authority()) : Optional.of(forwarded);
        return host.map(name -> scheme + "://" + name + port(call, scheme, name));
    }

    /** What a client writes behind the host: nothing for the scheme's own port. */
    private static String port(Call call, String scheme, String host) {
        String port = call.last("X-Forwarded-Port");
        boolean named = host.lastIndexOf(':') > host.lastIndexOf(']');
        boolean usual = port.equals(scheme.equals("https") ? "443" : "80");
        return port.isEmpty() || named || usual ? "" : ":" + port;
    }
}
