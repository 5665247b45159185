// SPDX-License-Identifier: Apache-2.0

package io.governance.autoconfigure;

import java.util.List;

import io.governance.context.Cidr;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of trust between processes.
 *
 * @param trustedCallers Address blocks of the peers whose governance headers (time left,
 * caller, priority, attempt) are honoured. Empty to honour nobody's.
 */
@ConfigurationProperties("governance")
record TrustedCallersProperties(@DefaultValue( {
		"127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7",
		"fe80::/10" }) List<Cidr> trustedCallers){
}
