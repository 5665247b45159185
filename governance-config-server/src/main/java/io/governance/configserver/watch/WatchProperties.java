// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.watch;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the watch.
 *
 * @param maxWait longest time a watch request is held; longer wishes are cut to it
 * @param maxWaiters most watch requests held at a time; more are answered 503
 */
@ConfigurationProperties("governance.config-server.watch")
public record WatchProperties(@DefaultValue("60s") Duration maxWait, @DefaultValue("10000") int maxWaiters) {

}
