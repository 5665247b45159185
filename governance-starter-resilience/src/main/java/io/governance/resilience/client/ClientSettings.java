// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import io.governance.client.CallOrigin;
import io.governance.context.LabelSource;
import io.governance.resilience.execution.CallExecution;

/**
 * What the adapters of all clients work with.
 *
 * @param execution carries out calls
 * @param labels gives the labels of the current call
 * @param hosts which hosts are governed without a load balancer
 */
public record ClientSettings(CallExecution execution, LabelSource labels, GovernedHosts hosts) {

	/**
	 * Whom calls come from.
	 * @return this process
	 */
	public CallOrigin origin() {
		return new CallOrigin(this.execution.caller(), this.labels);
	}

}
