package io.github.smsdispatch.testkit.logs;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Runs a static method with all classes loaded anew, from where they came, and with {@link CapturingServiceProvider} as
 * SLF4J's back end there. So it does not matter which back end the tests use, what its levels are, or whether there is
 * one: the code under test cannot log past it.
 */
public final class Isolation {
    private Isolation() {}

    /**
     * Calls {@code entry.method(argument)} in isolation. Only one at a time.
     *
     * @param entry a class with a static method that takes a String and returns a list of Strings
     * @param examples classes whose places belong on the class path, besides what the JVM was started with
     */
    @SuppressWarnings("unchecked")
    public static synchronized List<String> call(
            Class<?> entry, String method, String argument, List<Class<?>> examples) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (var loader = new URLClassLoader(places(examples), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            bindLogging(loader);
            Method called = loader.loadClass(entry.getName()).getDeclaredMethod(method, String.class);
            called.setAccessible(true);
            return (List<String>) called.invoke(null, argument);
        } catch (InvocationTargetException e) {
            throw new AssertionError("in isolation: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException | IOException e) {
            throw new AssertionError("the classes cannot be loaded anew: " + e, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** SLF4J chooses its back end once, at the first call; quietly, as this is no news to anybody. */
    private static void bindLogging(ClassLoader loader) throws ReflectiveOperationException {
        LoggerFactory.getILoggerFactory(); // ours has chosen already, and must not see the properties
        Map<String, String> settings =
                Map.of("slf4j.provider", CapturingServiceProvider.class.getName(), "slf4j.internal.verbosity", "WARN");
        Map<String, @Nullable String> before = new HashMap<>();
        settings.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
        try {
            loader.loadClass(LoggerFactory.class.getName())
                    .getMethod("getILoggerFactory")
                    .invoke(null);
        } finally {
            before.forEach(Isolation::restore);
        }
    }

    private static void restore(String name, @Nullable String value) {
        if (value == null) {
            System.clearProperty(name);
        } else {
            System.setProperty(name, value);
        }
    }

    private static URL[] places(List<Class<?>> examples) throws MalformedURLException {
        Set<URI> places = new LinkedHashSet<>();
        for (Class<?> example : examples) {
            CodeSource source = example.getProtectionDomain().getCodeSource();
            if (source != null && source.getLocation() != null) {
                places.add(URI.create(source.getLocation().toString()));
            }
        }
        for (String property : List.of("java.class.path", "jdk.module.path")) {
            for (String path : System.getProperty(property, "").split(File.pathSeparator, -1)) {
                if (!path.isEmpty()) {
                    places.add(new File(path).toURI());
                }
            }
        }
        var urls = new ArrayList<URL>();
        for (URI place : places) {
            urls.add(place.toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
