// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What health details show of a followed service.
 *
 * @param service its name
 * @param state how far the list can be trusted
 * @param instances how many instances calls may go to
 * @param avoided how many of them are avoided now, because no connection to them could be
 * made; they are called when there is no other
 * @param age time since the registry last confirmed the list; zero while it answers
 * @param sinceMillis when the state last changed, or the list was last confirmed while
 * the registry does not answer, in milliseconds since the epoch
 * @param error why the registry does not answer, if it does not
 */
public record ServiceStatus(String service, ServiceView.State state, int instances, int avoided, Duration age,
		long sinceMillis, @Nullable String error) {

}
