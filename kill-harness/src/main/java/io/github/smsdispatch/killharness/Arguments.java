package io.github.smsdispatch.killharness;

import java.util.HashMap;
import java.util.Map;

/** What the harness tells a process that it starts: {@code name=value} each. */
final class Arguments {
    private final Map<String, String> values = new HashMap<>();

    Arguments(String[] arguments) {
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            values.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
    }

    String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the harness gave no " + name);
        }
        return value;
    }

    long number(String name) {
        return Long.parseLong(text(name));
    }
}
