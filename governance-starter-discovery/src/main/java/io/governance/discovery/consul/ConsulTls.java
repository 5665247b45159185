// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * How connections to the agent are secured.
 *
 * @param context whom to trust, and who we are
 * @param parameters protocols and ciphers
 */
public record ConsulTls(SSLContext context, SSLParameters parameters) {

}
