// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.governance.tracing.accesslog.AccessLogFormat;
import io.governance.tracing.accesslog.AccessLogSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the access log, fixed at start.
 *
 * @param enabled whether requests are logged
 * @param format how a line looks
 * @param headers request headers that are logged besides the format's own
 * @param mask words that make a parameter or header secret, besides the built-in ones;
 * case and punctuation do not matter
 * @param exclude path patterns that are not logged
 * @param minStatus lowest HTTP status that is logged
 * @param sample part of the requests with a status below 400 that is logged, 0 to 1
 * @param maxLength longest line, in characters
 * @param queueSize how many lines wait to be written at most; what comes on top is
 * dropped and counted
 * @param flushTimeout how long a shutdown waits until all lines are written
 */
@ConfigurationProperties("governance.tracing.access-log")
public record TracingAccessLogProperties(@DefaultValue("false") boolean enabled,
		@DefaultValue("text") AccessLogFormat format, @DefaultValue List<String> headers,
		@DefaultValue List<String> mask, @DefaultValue("/actuator/**") List<String> exclude,
		@DefaultValue("0") int minStatus, @DefaultValue("1.0") double sample, @DefaultValue("4096") int maxLength,
		@DefaultValue("8192") int queueSize, @DefaultValue("2s") Duration flushTimeout) {

	/**
	 * The settings of the access log.
	 * @param service the name of this service
	 * @return the settings
	 */
	AccessLogSettings settings(String service) {
		return new AccessLogSettings(service,
				new AccessLogSettings.Line(this.format, this.headers, this.mask, this.maxLength),
				new AccessLogSettings.Selection(this.exclude, this.minStatus, this.sample),
				new AccessLogSettings.Queue(this.queueSize, this.flushTimeout));
	}

}
