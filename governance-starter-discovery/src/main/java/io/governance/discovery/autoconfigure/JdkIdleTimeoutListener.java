// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.context.ApplicationListener;

/**
 * Sets how long the JDK's HTTP client keeps an idle connection, unless the JVM was
 * started with a value. The JDK reads it once, with its first client, which may be before
 * any configuration is read. Its own default, twenty minutes on Java 17, is longer than
 * any server keeps a connection.
 */
final class JdkIdleTimeoutListener implements ApplicationListener<ApplicationStartingEvent> {

	private static final String PROPERTY = "jdk.httpclient.keepalive.timeout";

	private static final String SECONDS = "4";

	@Override
	public void onApplicationEvent(ApplicationStartingEvent event) {
		if (System.getProperty(PROPERTY) == null) {
			System.setProperty(PROPERTY, SECONDS);
		}
	}

}
