// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.logging;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Defaults of Spring Boot's logging properties: Spring Boot's own patterns with the
 * version of the service, and without lines that a message can forge.
 */
public final class LogDefaults {

	static final String VERSION = "spring.application.version";

	private static final String LOGBACK = "ch.qos.logback.classic.LoggerContext";

	private static final String BUILD_INFO = "META-INF/build-info.properties";

	/** All control characters but tabs and ends of lines. */
	private static final String CONTROLS = "'\\r(?!\\n)|[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]', '?'";

	/** Only a record begins at the left margin. */
	private static final String INDENT = "'(\\n)(?=.)', '$1\t'";

	private static final String DATE = "%d{\\${LOG_DATEFORMAT_PATTERN:-yyyy-MM-dd'T'HH:mm:ss.SSSXXX}}";

	private static final String LEVEL = "\\${LOG_LEVEL_PATTERN:-%5p}";

	private static final String ENDING = safe("%m") + "%n" + safe("\\${LOG_EXCEPTION_CONVERSION_WORD:-%wEx}");

	private LogDefaults() {
	}

	/**
	 * The defaults for an application.
	 * @param environment what the application says
	 * @param classLoader the application's class loader
	 * @return property values by name
	 */
	public static Map<String, Object> of(Environment environment, @Nullable ClassLoader classLoader) {
		Map<String, Object> defaults = new LinkedHashMap<>();
		String version = environment.getProperty(VERSION);
		if (version == null) {
			version = builtVersion(classLoader);
			if (version != null) {
				defaults.put(VERSION, version);
			}
		}
		if (ClassUtils.isPresent(LOGBACK, classLoader)) {
			String who = "%esb(){APPLICATION_NAME}" + bracketed(version) + "%esb{APPLICATION_GROUP}";
			defaults.put("logging.pattern.console", "%clr(" + DATE + "){faint} %clr(" + LEVEL
					+ ") %clr(\\${PID:-}){magenta} %clr(--- " + who
					+ "[%15.15t] \\${LOG_CORRELATION_PATTERN:-}){faint}%clr(%-40.40logger{39}){cyan} %clr(:){faint} "
					+ ENDING);
			defaults.put("logging.pattern.file", DATE + " " + LEVEL + " \\${PID:-} --- " + who
					+ "[%t] \\${LOG_CORRELATION_PATTERN:-}%-40.40logger{39} : " + ENDING);
		}
		return defaults;
	}

	private static String safe(String part) {
		return "%replace(%replace(" + part + "){" + CONTROLS + "}){" + INDENT + "}";
	}

	/**
	 * A version is free text, which must not become part of the pattern.
	 */
	private static String bracketed(@Nullable String version) {
		return (version == null || version.isBlank()) ? ""
				: "[" + version.strip().replaceAll("[^0-9A-Za-z._+-]", "_") + "] ";
	}

	private static @Nullable String builtVersion(@Nullable ClassLoader classLoader) {
		ClassLoader loader = (classLoader != null) ? classLoader : LogDefaults.class.getClassLoader();
		try (InputStream in = loader.getResourceAsStream(BUILD_INFO)) {
			if (in == null) {
				return null;
			}
			Properties built = new Properties();
			built.load(in);
			return built.getProperty("build.version");
		}
		catch (IOException | IllegalArgumentException ex) {
			// a service runs without a version too
			return null;
		}
	}

}
